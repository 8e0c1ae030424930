"""Where the runs taken in lie."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def run_folder(digest: str) -> Path:
    """Return where the run of a digest is kept."""
    return Path(settings.CHECKUPS) / digest
