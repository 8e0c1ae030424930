"""What a check found out about a file that may be taken in."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.platform.files.domain.refusing import Flag


@dataclass(frozen=True, slots=True)
class Outcome:
    """A format told from the content.

    Parameters
    ----------
    format
        Its id.
    flags
        What a reader should know.
    pages
        Pages, where the format says so.
    """

    format: str
    flags: frozenset[Flag] = frozenset()
    pages: int | None = None
