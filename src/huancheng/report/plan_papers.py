"""What the papers of every plan share: its maps as pictures, the two files of its text, and what was handed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huancheng.report.document import Document
from huancheng.report.writers.docx import write_docx
from huancheng.report.writers.pdf import write_pdf


@dataclass(frozen=True, slots=True)
class PlanMap:
    """A map with its caption and what it shows in words.

    Parameters
    ----------
    file
        Where it lies in the plan's folder.
    image
        The picture (PNG).
    caption, description
        What stands under it; what it shows, for those who can't see it.
    """

    file: str
    image: bytes
    caption: str
    description: str


@dataclass(frozen=True, slots=True)
class PlanFiles:
    """Where the pieces of a plan lie, and its figures as a JSON document."""

    folder: Path
    document: dict[str, Any]
    docx: Path
    pdf: Path
    maps: tuple[Path, ...]


def write_maps(maps: Sequence[PlanMap], folder: Path) -> tuple[Path, ...]:
    """Write a plan's maps into its folder, and return where they lie."""
    (folder / "maps").mkdir()
    for one in maps:
        (folder / one.file).write_bytes(one.image)
    return tuple(folder / one.file for one in maps)


def write_paper(paper: Document, folder: Path, name: str) -> tuple[Path, Path]:
    """Write a plan's text as docx and as PDF, and return where they lie."""
    docx, pdf = folder / f"{name}.docx", folder / f"{name}.pdf"
    write_docx(paper, docx)
    write_pdf(paper, pdf)
    return docx, pdf
