"""What changed between two texts, word by word for Latin script and character by character for Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")
_TOKEN = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*|\s+|.", re.DOTALL)
_FINE = 1_000_000
"""Comparisons of tokens at most within one changed passage; beyond it the passage is shown as replaced."""
_ISLAND = 2
"""A kept run shorter than this between two changes is taken into them: single characters that chance to agree."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text.

    Parameters
    ----------
    kind
        `kept`, `added` or `removed`.
    text
        The text.
    """

    kind: str
    text: str


def differences(before: str, after: str) -> list[Run]:
    """Return the stretches of two texts in reading order; kept and added make the new text, kept and removed the old.

    Sentences are matched first, then words and characters within the sentences that changed.
    """
    old, new = _sentences(before), _sentences(after)
    runs: list[Run] = []
    for tag, left, right, low, high in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            runs.append(Run("kept", "".join(old[left:right])))
        else:
            runs += _within("".join(old[left:right]), "".join(new[low:high]))
    return _joined(runs)


def changed(before: str, after: str) -> bool:
    """Whether two texts differ in more than the space around them."""
    return before.strip() != after.strip()


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.findall(text) if sentence]


def _within(before: str, after: str) -> list[Run]:
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    if not old or not new or len(old) * len(new) > _FINE:
        return _replaced(before, after)
    runs: list[Run] = []
    for left, right, low, high in _calm(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        gone, come = "".join(old[left:right]), "".join(new[low:high])
        runs += [Run("kept", gone)] if gone == come else _replaced(gone, come)
    return runs


def _calm(codes: Sequence[tuple[str, int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Yield spans, with short kept runs between changes taken into them."""
    last = len(codes) - 1

    def steady(numbered: tuple[int, tuple[str, int, int, int, int]]) -> bool:
        number, (tag, left, right, _low, _high) = numbered
        return tag == "equal" and (number in (0, last) or right - left >= _ISLAND)

    for is_kept, group in groupby(enumerate(codes), key=steady):
        spans = [code for _number, code in group]
        if is_kept:
            yield from ((left, right, low, high) for _tag, left, right, low, high in spans)
        else:
            yield spans[0][1], spans[-1][2], spans[0][3], spans[-1][4]


def _replaced(before: str, after: str) -> list[Run]:
    return [run for run in (Run("removed", before), Run("added", after)) if run.text]


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join neighbours of a kind."""
    return [Run(kind, "".join(run.text for run in group)) for kind, group in groupby(runs, key=lambda run: run.kind)]
