"""The line a key of a TOML text stands on, which `tomllib` doesn't tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

Path = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:[A-Za-z0-9_\-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[A-Za-z0-9_\-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[A-Za-z0-9_\-]+|"[^"]*"|'[^']*'""")


class LineIndex:
    """Lines of the keys of one TOML text.

    Parameters
    ----------
    text
        The text as read.
    """

    def __init__(self, text: str) -> None:
        self._lines: dict[Path, int] = {}
        counts: Counter[Path] = Counter()
        table: Path = ()
        for number, line in enumerate(text.splitlines(), start=1):
            header = _HEADER.match(line)
            if header is not None:
                table = self._enter(_parts(header[2]), counts, array=header[1] == "[[")
                self._lines.setdefault(table, number)
                continue
            key = _KEY.match(line)
            if key is not None:
                self._lines.setdefault((*table, *_parts(key[1])), number)

    def _enter(self, parts: Sequence[str], counts: Counter[Path], *, array: bool) -> Path:
        path: Path = ()
        for at, part in enumerate(parts):
            path = (*path, part)
            if array and at == len(parts) - 1:
                counts[path] += 1
            if path in counts:
                path = (*path, counts[path] - 1)
        return path

    def line_of(self, path: Path) -> int:
        """Return the line of a key, or of the nearest table or key around it; 1 where nothing is known."""
        while path:
            if path in self._lines:
                return self._lines[path]
            path = path[:-1]
        return 1


def _parts(text: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(text)]
