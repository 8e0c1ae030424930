"""The folder a chain writes: it appears whole or not at all, and only a chain's own earlier folder is ever replaced."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from huancheng.evidence import InputFault

MARKER = "chain.json"
"""File that says a folder was written by the chain; it holds the headline."""


@contextmanager
def fresh_folder(out: Path) -> Iterator[Path]:
    """Give a folder to work in that takes the place of `out` when all went well.

    Parameters
    ----------
    out
        Folder wanted: new, empty, or written by an earlier chain (then replaced at the end).

    Raises
    ------
    InputFault
        If the folder holds other files.
    """
    held = out.exists() and (not out.is_dir() or any(out.iterdir()))
    if held and not (out / MARKER).is_file():
        message = f"there are files here that no chain has written ({MARKER} is missing)"
        raise InputFault(message, file=str(out), cure="choose a new folder, or empty this one")
    out.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    try:
        yield staging
        staging.chmod(0o755)
        if out.exists():
            shutil.rmtree(out)
        staging.rename(out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def write_marker(folder: Path, headline: Mapping[str, Any]) -> None:
    """Write the headline, which marks the folder as a chain's own; it holds no times, so that it is reproducible."""
    text = json.dumps(headline, ensure_ascii=False, indent=1, allow_nan=False)
    (folder / MARKER).write_text(text + "\n", encoding="utf-8", newline="\n")
