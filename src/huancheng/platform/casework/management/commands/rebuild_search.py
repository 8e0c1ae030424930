"""`huancheng manage rebuild_search`: make the table of what can be found anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from huancheng.platform.casework.domain.indexing import rebuild


class Command(BaseCommand):
    """After a restore, or when a pack changed the names of instruments."""

    help = "Make the search table anew from the register and the log."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do it and say how many entries there are."""
        for kind, number in rebuild().items():
            self.stdout.write(f"{kind}: {number}")
