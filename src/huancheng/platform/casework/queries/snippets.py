"""Showing where the words stand: a text in pieces, those that match marked."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.platform.casework.domain.folding import fold

BEFORE, LENGTH = 20, 90
"""Characters shown before the first match, and in all."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text.

    Parameters
    ----------
    text
        The text.
    hit
        Whether it matches.
    """

    text: str
    hit: bool


def marked(text: str, terms: list[str]) -> list[Piece]:
    """Return a text in pieces, those that match a term marked; put together again they are the text."""
    hits = sorted(_spans(text, terms))
    pieces: list[Piece] = []
    at = 0
    for start, end in hits:
        if end <= at:
            continue
        begin = max(start, at)
        if begin > at:
            pieces.append(Piece(text[at:begin], hit=False))
        pieces.append(Piece(text[begin:end], hit=True))
        at = end
    if at < len(text):
        pieces.append(Piece(text[at:], hit=False))
    return pieces


def snippet(lines: list[str], title: str, terms: list[str]) -> list[Piece]:
    """Return the line that holds most of the terms the title lacks, cut around its first match.

    Parameters
    ----------
    lines
        Lines of the text.
    title
        Title that is shown above.
    terms
        What was looked for, folded.
    """
    folded_title = fold(title)
    lacking = [term for term in terms if term not in folded_title]
    if not lacking:
        return []
    best = max(lines, key=lambda line: sum(term in fold(line) for term in lacking), default="")
    spans = _spans(best, lacking)
    if not spans:
        return []
    start = max(0, min(spans)[0] - BEFORE)
    cut = marked(best[start : start + LENGTH], lacking)
    ahead = [Piece("…", hit=False)] if start else []
    behind = [Piece("…", hit=False)] if start + LENGTH < len(best) else []
    return [*ahead, *cut, *behind]


def _spans(text: str, terms: list[str]) -> list[tuple[int, int]]:
    """Return where terms stand in a text as it is written; folding may have changed its length."""
    folded, origin = _folded_by_character(text)
    spans = []
    for term in terms:
        at = folded.find(term)
        while at >= 0:
            spans.append((origin[at], origin[at + len(term) - 1] + 1))
            at = folded.find(term, at + len(term))
    return spans


def _folded_by_character(text: str) -> tuple[str, list[int]]:
    """Return a text folded character by character, and for each character of the result the place it came from."""
    parts: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        part = fold(character) or " "
        parts.append(part)
        origin += [place] * len(part)
    return "".join(parts), origin
