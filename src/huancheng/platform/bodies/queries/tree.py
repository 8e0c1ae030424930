"""The tree of bodies: what hangs below what, and who is asked when a group is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from huancheng.platform.bodies.models import Body, FormerName, Membership
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.common import clock


@dataclass
class Branch:
    """A body and what hangs below it."""

    body: Body
    branches: list[Branch] = field(default_factory=list)
    people: int = 0


def below(top: int) -> frozenset[int]:
    """Return the ids of a body and of all that hang below it; a circle, which nobody should make, ends."""
    children = defaultdict(list)
    for body, parent in Body.objects.order_by().values_list("id", "parent_id"):
        children[parent].append(body)
    found: set[int] = set()
    waiting = [top]
    while waiting:
        body = waiting.pop()
        if body not in found:
            found.add(body)
            waiting += children[body]
    return frozenset(found)


def branches(bodies: list[Body], people: dict[int, int]) -> list[Branch]:
    """Hang bodies under each other; one whose parent is not among them stands at the top."""
    made = {body.pk: Branch(body, people=people.get(body.pk, 0)) for body in bodies}
    tops: list[Branch] = []
    for body in bodies:
        above = made.get(body.parent_id) if body.parent_id else None
        (above.branches if above else tops).append(made[body.pk])
    return tops


def members_of(group: Body, day: date | None = None) -> list[Body]:
    """Return the bodies a group is made of on a day, groups inside it taken apart; each once, in the pack's order.

    Parameters
    ----------
    group
        The group or committee.
    day
        Day; today where none is given.
    """
    seats: dict[int, list[Body]] = defaultdict(list)
    for seat in Membership.objects.filter(valid_on(day or clock.today())).select_related("member"):
        seats[seat.group_id].append(seat.member)
    found: dict[int, Body] = {}
    seen = {group.pk}
    waiting = list(seats[group.pk])
    while waiting:
        member = waiting.pop(0)
        if member.pk in seen:
            continue
        seen.add(member.pk)
        if seats[member.pk]:
            waiting = [*seats[member.pk], *waiting]
        elif member.active:
            found[member.pk] = member
    return list(found.values())


def bodies_called(names: list[str]) -> dict[str, Body]:
    """Return bodies by the names asked for: names of today, former names, and those merged into others.

    A case that began under an old name finds the body that has its duties now.
    """
    found = {body.name: body for body in Body.objects.filter(name__in=names).select_related("acts_through")}
    missing = [name for name in names if name not in found]
    if missing:
        former = FormerName.objects.filter(name__in=missing).select_related("body__acts_through")
        found |= {item.name: item.body for item in former}
    return {name: _present(body) for name, body in found.items()}


def _present(body: Body) -> Body:
    """Follow a body to the one that took over from it."""
    seen: set[int] = set()
    while body.successor is not None and body.pk not in seen:
        seen.add(body.pk)
        body = body.successor
    return body
