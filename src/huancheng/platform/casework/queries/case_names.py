"""The names a case page needs, looked up together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import get_language, gettext

from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.policy.book import PolicyBook


@dataclass
class CaseNames:
    """Names of steps, routes, facts, people and bodies of one case.

    Parameters
    ----------
    standing
        The case.
    people, bodies
        Names by id.
    """

    standing: CaseStanding
    people: dict[int, str] = field(default_factory=dict)
    bodies: dict[int, str] = field(default_factory=dict)

    @property
    def book(self) -> PolicyBook:
        """The law of the case."""
        return self.standing.book

    @cached_property
    def _steps(self) -> dict[str, str]:
        """Words of the steps, those of routes the case has left among them."""
        state = self.standing.state
        routes = [self.book.routes[name] for name in (*state.earlier_routes, state.route)]
        return {step.id: step.kind.official for route in routes for step in route.steps}

    def step(self, name: str) -> str:
        """Return the official word for a step."""
        return gettext(self._steps[name]) if name in self._steps else name

    def route(self, name: str) -> str:
        """Return a route's title."""
        return self.book.routes[name].title if name in self.book.routes else name

    def fact(self, name: str) -> str:
        """Return a fact's title."""
        return self.book.facts[name].title if name in self.book.facts else name

    def precondition(self, name: str) -> str:
        """Return a precondition's text."""
        route = self.book.routes[self.standing.state.route]
        return next((item.text for item in route.preconditions if item.id == name), name)

    def act(self, name: str) -> str:
        """Return an act's title in the language of the page; its id where the pack has none."""
        rule = next((item for item in self.book.posts.acts if item.id == name), None)
        return name if rule is None else rule.english if get_language() == "en" else rule.title

    def role(self, name: str) -> str:
        """Return a role's title in the language of the page."""
        role = self.book.posts.role(name)
        return name if role is None else role.english if get_language() == "en" else role.title

    def person(self, number: int | None) -> str:
        """Return a person's name."""
        return self.people.get(number or 0, gettext("已注销人员"))

    def who(self, entry: LogEntry) -> str:
        """Return who made an entry: person, body and role, and in whose stead."""
        if entry.actor is None:
            return gettext("系统")
        words = {
            "person": self.person(entry.actor),
            "body": self.bodies.get(entry.body or 0, ""),
            "role": self.role(entry.role),
        }
        if entry.on_behalf_of is None:
            return gettext("%(person)s · %(body)s%(role)s") % words
        return gettext("%(person)s 代 %(giver)s · %(body)s%(role)s") % {
            **words,
            "giver": self.person(entry.on_behalf_of),
        }


def names_of(standing: CaseStanding, entries: Iterable[LogEntry], *, more_people: Iterable[int] = ()) -> CaseNames:
    """Return the names that a case and its log need, in two queries however long the log is."""
    entries = list(entries)
    people = {number for entry in entries for number in (entry.actor, entry.on_behalf_of)} | set(more_people)
    people |= {number for entry in entries for number in entry.data.get("holder", ())}
    bodies = {entry.body for entry in entries if entry.body is not None}
    names = Person.objects.filter(pk__in=[number for number in people if number is not None]).values_list(
        "pk", "name", "username"
    )
    return CaseNames(
        standing,
        {number: name or username for number, name, username in names},
        dict(Body.objects.filter(pk__in=bodies).values_list("pk", "name")),
    )
