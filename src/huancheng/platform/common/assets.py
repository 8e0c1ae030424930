"""The built style sheets and modules: from a plain name to the file that bears a hash of its content."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.templatetags.static import static

FOLDER = Path(__file__).parent / "static" / "built"
HASHED = re.compile(r"^.*/built/[\w-]+-[A-Z0-9]{8}\.\w+$")
"""Addresses whose content never changes: a browser may keep them for good."""

_READ: tuple[float, dict[str, str]] = (-1.0, {})


def manifest() -> dict[str, str]:
    """Return what was built: plain name → file; empty where nothing was built yet. Read again when it changed."""
    global _READ  # noqa: PLW0603 - the one cache of this file
    file = FOLDER / "manifest.json"
    try:
        changed = file.stat().st_mtime
    except OSError:
        return {}
    if _READ[0] != changed:
        _READ = (changed, json.loads(file.read_text("utf-8")))
    return _READ[1]


def address(name: str) -> str:
    """Return the address of a built file; of the plain name where it was not built, so that a page still renders."""
    return static(f"built/{manifest().get(name, name)}")


def never_changes(_path: str, url: str) -> bool:
    """Tell WhiteNoise whether a file may be kept for good."""
    return HASHED.match(url) is not None
