"""`huancheng manage load_pack`: make or renew bodies, divisions and managed areas from the pack in force."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from huancheng.evidence import InputFault
from huancheng.platform.bodies.domain.from_pack import bodies_from_pack
from huancheng.platform.bodies.domain.territory import territory_from_snapshot
from huancheng.platform.bodies.models import Body, Division, ManagedArea
from huancheng.policy.book import load_book


class Command(BaseCommand):
    """Run as often as you like: what is there stays, what is new is added."""

    help = "Make or renew bodies, divisions and managed areas from the pack in force (HUANCHENG_PACK)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for a snapshot, if outlines are wanted."""
        parser.add_argument("--snapshot", default="", help="folder of a city snapshot: outlines and lower divisions")

    def handle(self, *_words: Any, **options: Any) -> None:
        """Load the pack."""
        try:
            new = bodies_from_pack(load_book(settings.PACK))
            counts = _outlines(options["snapshot"]) if options["snapshot"] else {}
        except InputFault as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            f"{settings.PACK}: {Body.objects.count()} bodies ({new} new), {Division.objects.count()} divisions, "
            f"{ManagedArea.objects.count()} managed areas"
        )
        if counts:
            told = ", ".join(f"{number} {word}" for word, number in counts.items())
            self.stdout.write(f"outlines: {told}")


def _outlines(folder: str) -> dict[str, int]:
    from huancheng.city.snapshot import Snapshot

    return territory_from_snapshot(Snapshot(folder))
