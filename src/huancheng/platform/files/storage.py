"""A folder that holds whole files only."""

from __future__ import annotations

import os
import uuid
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.deconstruct import deconstructible


@deconstructible(path="huancheng.platform.files.storage.WholeFileStorage")
class WholeFileStorage(FileSystemStorage):
    """Writes under a temporary name, brings it to the disk, then renames: a reader never meets half a file."""

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        building = target.with_name(f"{target.name}.{uuid.uuid4().hex}.part")
        try:
            with building.open("xb") as out:
                for block in content.chunks():
                    out.write(block)
                out.flush()
                os.fsync(out.fileno())
            building.chmod(0o640)
            building.replace(target)
        except BaseException:
            building.unlink(missing_ok=True)
            raise
        _settle(target.parent)
        return name


def _settle(folder: Path) -> None:
    """Bring the rename to the disk too, where folders can be opened (not on Windows)."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
