"""What changed between two versions of a paper, where its text can be read."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import Any, Literal

from huancheng.platform.casework.models import PaperVersion
from huancheng.platform.files.domain.store import open_stored

_READABLE = frozenset({"docx", "txt", "csv"})
_LARGEST = 5 * 1024 * 1024
_MOST_LINES = 5_000
_AROUND = 2
"""Unchanged paragraphs shown before and after a change."""


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the comparison.

    Parameters
    ----------
    change
        Whether it is the same, new, gone, or stands for paragraphs left out between two changes.
    text
        Its words.
    """

    change: Literal["same", "new", "gone", "gap"]
    text: str


def differences(before: PaperVersion, after: PaperVersion) -> list[Line] | None:
    """Return the changed paragraphs with a few around them; None where one of the two is no readable text.

    Parameters
    ----------
    before, after
        Versions of one paper.
    """
    old, new = _paragraphs(before), _paragraphs(after)
    if old is None or new is None:
        return None
    lines: list[Line] = []
    for group in difflib.SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(_AROUND):
        if lines:
            lines.append(Line("gap", ""))
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                lines += [Line("same", text) for text in old[old_from:old_to]]
                continue
            lines += [Line("gone", text) for text in old[old_from:old_to]]
            lines += [Line("new", text) for text in new[new_from:new_to]]
    return lines


def _paragraphs(version: PaperVersion) -> list[str] | None:
    stored = version.stored
    if stored.format not in _READABLE or stored.size > _LARGEST:
        return None
    with open_stored(stored) as file:
        lines = _of_word(file) if stored.format == "docx" else _of_text(file.read())
    return lines if len(lines) <= _MOST_LINES else None


def _of_word(file: Any) -> list[str]:
    """Return the paragraphs of a Word file in their order, those of tables row by row."""
    import docx
    from docx.table import Table

    lines: list[str] = []
    for block in docx.Document(file).iter_inner_content():
        if isinstance(block, Table):
            lines += [" | ".join(cell.text.strip() for cell in row.cells) for row in block.rows]
        elif block.text.strip():
            lines.append(block.text.strip())
    return lines


def _of_text(data: bytes) -> list[str]:
    for encoding in ("utf-16",) if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding).splitlines()
        except UnicodeDecodeError:
            continue
    return []
