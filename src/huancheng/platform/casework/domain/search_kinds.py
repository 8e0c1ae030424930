"""Kinds of things that can be found; apps above add theirs, each with its own say on who may find what."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from huancheng.platform.audit.acting import Acting

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be found of one thing.

    Parameters
    ----------
    key
        Its number in its table.
    title
        Its title.
    lines
        What else it can be found by.
    changed_on
        Later ones come first among equals.
    """

    key: int
    title: str
    lines: list[str] = field(default_factory=list)
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class SearchKind:
    """A kind of thing.

    Parameters
    ----------
    name
        Its id, as `case`.
    title
        Its name on pages.
    drafts
        Returns what is to be found: of the things with the numbers given, of all where None is given.
    visible
        Returns the numbers a person may find, as a query, so that what lies outside is never counted.
    links
        Returns the address of each of some things; those left out have no page.
    """

    name: str
    title: StrOrPromise
    drafts: Callable[[Collection[int] | None], Iterable[Draft]]
    visible: Callable[[Acting], QuerySet[Any, Any]]
    links: Callable[[Collection[int]], dict[int, str]]


_KINDS: dict[str, SearchKind] = {}


def add_search_kind(kind: SearchKind) -> None:
    """Add a kind; called from an app's `ready`. The order of adding is the order on the page."""
    _KINDS[kind.name] = kind


def search_kinds() -> dict[str, SearchKind]:
    """Return the kinds by name."""
    return dict(_KINDS)
