"""`huancheng manage first_administrator`: the one person who is not entered on a page."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huancheng.evidence import InputFault
from huancheng.platform.bodies.domain.first_administrator import enter_first_administrator


class Command(BaseCommand):
    """Refuses once the office has an administrator who can sign in."""

    help = "Enter the first administrator of this installation and print their one-time password."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask who it is."""
        parser.add_argument("username")
        parser.add_argument("name")

    def handle(self, *_words: Any, **options: Any) -> None:
        """Enter them."""
        try:
            password = enter_first_administrator(options["username"], options["name"])
        except InputFault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"{options['username']}: {password}")
