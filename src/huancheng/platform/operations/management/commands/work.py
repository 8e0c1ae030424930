"""`huancheng manage work`: background jobs and what is done once a day."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from huancheng.platform.operations.working import work


class Command(BaseCommand):
    """The worker; `huancheng serve` starts one."""

    help = "Run background jobs, and once a day what is due (huancheng serve starts this)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the options."""
        parser.add_argument(
            "--until-input-ends",
            action="store_true",
            help="End when standard input does: with the program that serves.",
        )

    def handle(self, *_arguments: Any, until_input_ends: bool, **_options: Any) -> None:
        """Work until told to stop."""
        work(until_input_ends=until_input_ends)
