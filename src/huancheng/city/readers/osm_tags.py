"""OpenStreetMap tags that GDAL packs into one `other_tags` text, unpacked once for all columns."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

_PAIR = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")


class TagIndex:
    """Sparse columns: for each key the rows that carry it.

    Parameters
    ----------
    packed
        Texts of the form ``"key"=>"value","key2"=>"value2"`` (hstore), None where a row has none.
    """

    def __init__(self, packed: Iterable[str | None]) -> None:
        entries: dict[str, list[tuple[int, str]]] = defaultdict(list)
        length = 0
        for position, text in enumerate(packed):
            length = position + 1
            if not text:
                continue
            for key, value in _PAIR.findall(text):
                entries[_plain(key)].append((position, _plain(value)))
        self._entries = dict(sorted(entries.items()))
        self._length = length

    def keys(self) -> Iterable[str]:
        """Return the keys any row carries, sorted."""
        return self._entries.keys()

    def values_of(self, key: str) -> npt.NDArray[np.object_]:
        """Return the values of one key, shape (rows,), None where a row does not carry it."""
        column = np.full(self._length, None, dtype=object)
        for position, value in self._entries.get(key, ()):
            column[position] = value
        return column


def _plain(text: str) -> str:
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text
