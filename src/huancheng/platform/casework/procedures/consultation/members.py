"""Which bodies a step means when it asks a group."""

from __future__ import annotations

from huancheng.platform.bodies.models import Body, Membership
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.common import clock
from huancheng.policy.book import PolicyBook


def members_of(body: Body, book: PolicyBook) -> list[Body]:
    """Return the bodies that are asked when a body is: a group's members, however deep, else the body itself.

    Members with dated seats come first; where the register holds none, those the pack names (`group_of`). A group of
    which neither tells members is returned empty: then somebody must choose whom to ask.

    Parameters
    ----------
    body
        Body of a step, or one chosen.
    book
        The law of the case.
    """
    return sorted(_expand(body, book, set()), key=lambda item: item.pk)


def _expand(body: Body, book: PolicyBook, seen: set[int]) -> set[Body]:
    if body.kind != Body.Kind.GROUP:
        return {body}
    if body.pk in seen:
        return set()
    seen.add(body.pk)
    found: set[Body] = set()
    for member in _seats(body) or _named_by_pack(body, book):
        found |= _expand(member, book, seen)
    return found


def _seats(body: Body) -> list[Body]:
    seats = Membership.objects.filter(valid_on(clock.today()), group=body, member__active=True)
    return [seat.member for seat in seats.select_related("member")]


def _named_by_pack(body: Body, book: PolicyBook) -> list[Body]:
    if body.reference not in book.bodies:
        return []
    names: set[str] = set()
    for reference in book.bodies[body.reference].group_of:
        resolved = [book.body(reference, where) for where in book.jurisdictions]
        names |= {item.name for item in resolved if item is not None}
    return list(Body.objects.filter(name__in=names, active=True))
