"""What cases are about: each kind of subject says what page it has. Later rooms bring theirs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huancheng.platform.casework.models import Subject


@dataclass(frozen=True, slots=True)
class Choice:
    """A subject one may open a case for.

    Parameters
    ----------
    key
        Its number in the room that owns it.
    title
        Its name.
    """

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class SubjectKind:
    """A kind of subject, by the scope of the pack's instruments.

    Parameters
    ----------
    kind
        Scope: unit, project, building and so on.
    link
        Returns the address of a subject's page; empty where there is none.
    choices
        Returns the subjects of a jurisdiction that exist in the room that owns them.
    contents
        Returns texts the room can already tell for parts of the contents, by name of the part.
    """

    kind: str
    link: Callable[[Subject], str] = lambda _subject: ""
    choices: Callable[[str], Sequence[Choice]] = lambda _jurisdiction: ()
    contents: Callable[[Subject], dict[str, str]] = lambda _subject: {}


_KINDS: dict[str, SubjectKind] = {}


def add_subject_kind(kind: SubjectKind) -> None:
    """Add a kind; called when the app that owns it is ready."""
    _KINDS[kind.kind] = kind


def kind_of(name: str) -> SubjectKind:
    """Return a kind; one that no room owns is typed by hand."""
    return _KINDS.get(name, SubjectKind(name))


def subject_link(subject: Subject) -> str:
    """Return the address of a subject's page; empty where there is none."""
    return kind_of(subject.kind).link(subject)
