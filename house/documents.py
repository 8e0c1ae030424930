"""Renewing the generated tables of the docs and checking every link.

A generated table stands between `<!-- table: NAME -->` and `<!-- end of table -->`; what lies between is replaced.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping

from house.links import broken_links
from house.places import Places
from house.speech import say, speak_utf8
from house.tables import TABLES, markdown_pages

BLOCK = re.compile(r"(<!-- table: ([^>]+?) -->\n)(.*?)(<!-- end of table -->)", re.DOTALL)


def renew(text: str, tables: Mapping[str, Callable[[], str]]) -> str:
    """Return a page with each of its generated tables made afresh.

    Raises
    ------
    KeyError
        If the page asks for a table that nobody makes.
    """

    def fresh(found: re.Match[str]) -> str:
        name = found.group(2)
        if name not in tables:
            message = f"there is no table {name!r}; there are {', '.join(tables)}"
            raise KeyError(message)
        return f"{found.group(1)}\n{tables[name]()}\n\n{found.group(4)}"

    return BLOCK.sub(fresh, text)


def main(words: list[str]) -> int:
    """Renew every page, or with `--check` say which are stale; list broken links; return 1 if something is wrong."""
    speak_utf8()
    places = Places.here()
    check_only = "--check" in words
    wrong = 0
    for page in markdown_pages(places.root):
        old = page.read_text(encoding="utf-8")
        new = renew(old, TABLES)
        if new == old:
            continue
        name = page.relative_to(places.root).as_posix()
        if check_only:
            say(f"docs: {name} is out of step; run: python3 run.py docs")
            wrong += 1
        else:
            page.write_text(new, encoding="utf-8", newline="\n")
            say(f"docs: renewed {name}")
    for line in broken_links(places.root, markdown_pages(places.root)):
        say(f"docs: {line}")
        wrong += 1
    say(f"docs: {wrong} faults" if wrong else "docs: tables in step, links whole")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
