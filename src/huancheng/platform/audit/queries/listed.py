"""Entries of the log with the names of all they mention, in a number of queries that doesn't grow with the rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from huancheng.platform.audit.models import Event
from huancheng.platform.audit.naming import code_titles, names_of, naming_of, role_title
from huancheng.platform.audit.queries.differences import Difference, differences_of

CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry in words.

    Parameters
    ----------
    event
        The entry.
    about
        What it is about.
    about_url
        Its page; empty for none.
    what
        What happened.
    person, body, role, behalf
        Who did it, for which body, from which post, on whose behalf.
    words
        Free text; empty where there is none or it was erased.
    erased
        Whether there was free text that was erased.
    differences
        Before, after and whatever else it says.
    """

    event: Event
    about: str
    about_url: str
    what: str
    person: str
    body: str
    role: str
    behalf: str
    words: str
    erased: bool
    differences: list[Difference]

    @property
    def pk(self) -> int:
        """Id of the entry."""
        return self.event.pk

    @property
    def place(self) -> str:
        """Where it stands in the log."""
        return self.event.place


def split(stream: str) -> tuple[str, int | None]:
    """Return the kind and the number a stream is named by; None for a stream of no numbered thing."""
    kind, _, number = stream.partition(":")
    return kind, int(number) if number.isdecimal() else None


def listed(events: Sequence[Event]) -> list[Listed]:
    """Put entries into words; their `words` must have been fetched with them."""
    abouts: dict[str, set[int]] = {}
    for event in events:
        kind, number = split(event.stream)
        if number is not None:
            abouts.setdefault(kind, set()).add(number)
    people = {number for event in events for number in (event.actor, event.on_behalf_of) if number}
    names = {kind: names_of(kind, numbers) for kind, numbers in abouts.items() if kind not in {"person", "body"}}
    names["person"] = names_of("person", people | abouts.get("person", set()))
    names["body"] = names_of("body", {event.body for event in events if event.body} | abouts.get("body", set()))
    titles = code_titles()
    return [_listed(event, names, titles) for event in events]


def listed_in_chunks(events: Iterable[Event]) -> Iterator[Listed]:
    """Put very many entries into words without keeping them all."""
    remaining = iter(events)
    while chunk := list(islice(remaining, CHUNK)):
        yield from listed(chunk)


def _listed(event: Event, names: dict[str, Mapping[int, str]], titles: dict[str, str]) -> Listed:
    kind, number = split(event.stream)
    naming = naming_of(kind)
    title = str(naming.title) if naming else kind
    name = names.get(kind, {}).get(number, f"{number}") if number is not None else ""
    known = number is not None and number in names.get(kind, {})
    words = getattr(event, "words", None)
    people, bodies = names["person"], names["body"]
    return Listed(
        event=event,
        about=f"{title} {name}".strip(),
        about_url=naming.url(number) if naming and naming.url and known and number is not None else "",
        what=titles.get(event.code, event.code),
        person=people.get(event.actor, f"#{event.actor}") if event.actor else "",
        body=bodies.get(event.body, f"#{event.body}") if event.body else "",
        role=role_title(event.role) if event.role else "",
        behalf=people.get(event.on_behalf_of, f"#{event.on_behalf_of}") if event.on_behalf_of else "",
        words=words.text if words else "",
        erased=bool(words and words.erased_at),
        differences=differences_of(event.data),
    )
