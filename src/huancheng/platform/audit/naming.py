"""Names for what the log knows by number: each app offers those of its things when it is ready.

The log holds `case:17`, person 3 and `case.decide`; whoever browses it reads 示例单元规划, 审核乙 and 作出决定.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language

from huancheng.platform.common.law_in_force import law_in_force

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Naming:
    """How the things of a kind are named.

    Parameters
    ----------
    title
        What a thing of this kind is called.
    names
        Returns the names of many by number, in one query.
    find
        Returns the numbers of those whose name or number holds some words.
    url
        Returns the address of one's page; None where there is none.
    """

    title: Words
    names: Callable[[Collection[int]], Mapping[int, str]]
    find: Callable[[str], Iterable[int]] | None = None
    url: Callable[[int], str] | None = None


_NAMINGS: dict[str, Naming] = {}
_TITLES: dict[str, Words] = {}


def register_naming(kind: str, naming: Naming) -> None:
    """Offer the names of a kind of thing: `case`, `person`, `body` …; called from an app's `ready`."""
    _NAMINGS[kind] = naming


def register_titles(titles: Mapping[str, Words]) -> None:
    """Offer words for codes of the log; called from an app's `ready`. The acts of the pack have theirs already."""
    _TITLES.update(titles)


def naming_of(kind: str) -> Naming | None:
    """Return how a kind is named; None where nobody said."""
    return _NAMINGS.get(kind)


def kinds() -> dict[str, Naming]:
    """Return all namings by kind."""
    return dict(_NAMINGS)


def names_of(kind: str, numbers: Collection[int]) -> Mapping[int, str]:
    """Return names of things; those that have none any more are left out."""
    naming = _NAMINGS.get(kind)
    return naming.names(numbers) if naming and numbers else {}


def code_titles() -> dict[str, str]:
    """Return every code that has words, with them."""
    english = get_language() == "en"
    acts = {f"case.{act.id}": act.english if english else act.title for act in law_in_force().posts.acts}
    return {**acts, **{code: str(words) for code, words in _TITLES.items()}}


def role_title(role: str) -> str:
    """Return a role's name; its id where the pack no longer has it."""
    found = law_in_force().posts.role(role)
    if found is None:
        return role
    return found.english if get_language() == "en" else found.title
