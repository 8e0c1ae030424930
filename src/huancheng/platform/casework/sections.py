"""Sections of the case page: other parts of the app add theirs, the page only gives them their place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.standing import CaseStanding

PLACES = ("procedures", "papers", "record", "aside")
"""In the order of the page: what runs inside the steps, papers, further parts of the record, beside the time line."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the case page.

    Parameters
    ----------
    place
        One of `PLACES`.
    template
        Template that shows it; finds what `build` returned under `section`, beside `page` and the page's context.
    build
        Returns what the template needs, or None where there is nothing to show; its number of queries must not depend
        on how much happened in the case.
    """

    place: str
    template: str
    build: Callable[[CaseStanding, Acting], Any]


@dataclass(frozen=True, slots=True)
class Filled:
    """A section with what it shows."""

    template: str
    content: Any


_SECTIONS: list[Section] = []


def add_section(section: Section) -> None:
    """Add a section, once; called when the app is ready."""
    if section.place not in PLACES:
        raise ValueError(f"the case page has no place {section.place!r}; use one of {', '.join(PLACES)}")
    if section not in _SECTIONS:
        _SECTIONS.append(section)


def sections_of(standing: CaseStanding, acting: Acting) -> dict[str, list[Filled]]:
    """Return the sections of a case by place, those that have something to show."""
    filled: dict[str, list[Filled]] = {place: [] for place in PLACES}
    for section in _SECTIONS:
        content = section.build(standing, acting)
        if content is not None:
            filled[section.place].append(Filled(section.template, content))
    return filled
