"""Where a snapshot and what is made from it lie."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings


def snapshot_folder(digest: str) -> Path:
    """Return the folder of a snapshot's own files; never written to once it is there."""
    return Path(settings.SNAPSHOTS) / digest / "snapshot"


def tiles_file(digest: str) -> Path:
    """Return the tiles made from a snapshot."""
    return Path(settings.SNAPSHOTS) / digest / "public.pmtiles"


def labels_file(digest: str) -> Path:
    """Return the names of areas made from a snapshot."""
    return Path(settings.SNAPSHOTS) / digest / "labels.geojson"
