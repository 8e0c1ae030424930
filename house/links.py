"""Every link between the project's pages leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

LINK = re.compile(r"!?\[[^\]\[]*\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$")
FENCE = re.compile(r"^\s*(```|~~~)")


def broken_links(root: Path, pages: Iterable[Path]) -> list[str]:
    """Return one line for each link of a page whose target is not there; links to the web are not followed.

    Parameters
    ----------
    root
        The project; a link that leads out of it is broken.
    pages
        Markdown files.
    """
    faults = []
    for page in pages:
        for number, target in links(page.read_text(encoding="utf-8")):
            reason = fault_of_link(root, page, target)
            if reason:
                faults.append(f"{page.relative_to(root).as_posix()}:{number}: {target}: {reason}")
    return faults


def links(text: str) -> Iterator[tuple[int, str]]:
    """Yield line number and target of each link outside code."""
    for number, line in prose(text):
        for found in LINK.finditer(re.sub(r"`[^`]*`", "", line)):
            yield number, found.group(1)


def prose(text: str) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines that stand outside fenced code."""
    fenced = False
    for number, line in enumerate(text.splitlines(), start=1):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced:
            yield number, line


def fault_of_link(root: Path, page: Path, target: str) -> str:
    """Say what is wrong with one link; empty if it leads somewhere."""
    if re.match(r"[a-z][a-z0-9+.-]*:", target):
        return ""
    path, _, anchor = unquote(target).partition("#")
    file = (page.parent / path).resolve() if path else page
    if not file.is_relative_to(root):
        return "leads out of the project"
    if not file.exists():
        return "no such file"
    if anchor and file.suffix == ".md" and anchor not in anchors(file.read_text(encoding="utf-8")):
        return "no such heading"
    return ""


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings, as code hosting sites make them."""
    found: set[str] = set()
    for _, line in prose(text):
        heading = HEADING.match(line)
        if heading is None:
            continue
        words = re.sub(r"[^\w\- ]", "", heading.group(1).lower()).replace(" ", "-")
        anchor, again = words, 0
        while anchor in found:
            again += 1
            anchor = f"{words}-{again}"
        found.add(anchor)
    return found
