"""`huancheng manage load_demo`: fill an empty register with 示例市 (demo mode only)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from huancheng.evidence import InputFault
from huancheng.platform.demo.domain.loading import load_demo


class Command(BaseCommand):
    """Once is enough; where cases are, nothing is added."""

    help = "Fill an empty register with 示例市: bodies, one person per post, cases of every instrument in every state."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for a snapshot."""
        parser.add_argument("--snapshot", default="", help="folder of a snapshot, for outlines on the map")

    def handle(self, *_words: Any, **options: Any) -> None:
        """Load the demonstration."""
        try:
            count = load_demo(Path(options["snapshot"]) if options["snapshot"] else None, self.stdout.write)
        except InputFault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(f"示例市: {count} cases")
