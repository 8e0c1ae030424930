"""How texts are compared: one width, one case, one kind of space; and the characters they are looked up by."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """Return a text as it is compared: full width as half, capitals as small, any run of space as one space."""
    once = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", once).replace("\x00", " ").split())


def fold_lines(lines: Iterable[str]) -> str:
    """Return several texts folded, one a line, so that nothing is found across two of them."""
    return "\n".join(folded for line in lines if (folded := fold(line)))


def grams(folded: str) -> set[str]:
    """Return every character of a folded text, and every two side by side; none spans a space."""
    found: set[str] = set()
    for run in folded.split():
        found.update(run)
        found.update(run[at : at + 2] for at in range(len(run) - 1))
    return found


def terms(query: str) -> list[str]:
    """Return the parts of a query, all of which must be found."""
    return list(dict.fromkeys(fold(query).split()))


def spread(term: str, most: int) -> list[str]:
    """Return pairs that lie spread over a term, enough to find candidates by: its ends and some between.

    Parameters
    ----------
    term
        Folded, without space.
    most
        How many at most.
    """
    if len(term) == 1:
        return [term]
    pairs = [term[at : at + 2] for at in range(len(term) - 1)]
    if len(pairs) <= most:
        return list(dict.fromkeys(pairs))
    step = (len(pairs) - 1) / (most - 1)
    return list(dict.fromkeys(pairs[round(step * at)] for at in range(most)))
