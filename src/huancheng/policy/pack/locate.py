"""Where packs lie."""

from __future__ import annotations

import os
from pathlib import Path

import huancheng
from huancheng.policy.pack.fault import PackFault

PACKS_VARIABLE = "HUANCHENG_PACKS"
"""Environment variable that names a folder of packs, used before the packaged ones."""


def packs_root() -> Path:
    """Return the folder of packs: `HUANCHENG_PACKS`, else the packaged ones, else the source tree's `packs/`.

    Raises
    ------
    PackFault
        If there is none.
    """
    package = Path(huancheng.__file__).parent
    named = os.environ.get(PACKS_VARIABLE)
    candidates = [Path(named)] if named else [package / "_packs", package.parents[1] / "packs"]
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    cure = f"set {PACKS_VARIABLE} to a folder that holds packs"
    raise PackFault("there is no folder of packs", file=str(candidates[-1]), cure=cure)


def pack_folder(name_or_path: str | Path, root: Path | None) -> Path:
    """Return the folder of a pack given by name (in `root` or the packs' root) or by path.

    Raises
    ------
    PackFault
        If there is no such pack; the message lists those there are.
    """
    given = Path(name_or_path)
    if (given / "pack.yaml").is_file() and (len(given.parts) > 1 or given.is_absolute()):
        return given
    base = root or packs_root()
    if (base / given / "pack.yaml").is_file():
        return base / given
    if (given / "pack.yaml").is_file():
        return given
    there = ", ".join(pack_names(base)) or "none"
    message = f"there is no pack {str(name_or_path)!r} (a pack is a folder with a pack.yaml)"
    raise PackFault(message, file=str(base), cure=f"use one of: {there}; or give a folder's path")


def pack_names(root: Path | None = None) -> list[str]:
    """Return the names of the packs in a folder, sorted."""
    base = root or packs_root()
    return sorted(entry.parent.name for entry in base.glob("*/pack.yaml"))
