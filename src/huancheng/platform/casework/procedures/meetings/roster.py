"""Who has a seat in a committee."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.platform.bodies.models import Body, Membership, Post
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.common import clock
from huancheng.policy.book import PolicyBook


@dataclass(frozen=True, slots=True)
class SeatHolder:
    """A post or body that holds a seat.

    Parameters
    ----------
    title
        Name of the post or body; never a person's.
    body
        Id of the member body, where known.
    """

    title: str
    body: int | None = None


def roster_of(committee: Body, book: PolicyBook) -> list[SeatHolder]:
    """Return a committee's seats: the posts the pack lists, else its member bodies, else the posts held in it.

    Parameters
    ----------
    committee
        The body that meets.
    book
        The law.
    """
    if committee.reference in book.bodies and (titles := book.bodies[committee.reference].members):
        return [SeatHolder(title) for title in titles]
    day = clock.today()
    seats = Membership.objects.filter(valid_on(day), group=committee, member__active=True).select_related("member")
    if members := [SeatHolder(seat.member.name, seat.member_id) for seat in seats]:
        return members
    posts = Post.objects.filter(valid_on(day), body=committee).exclude(title="")
    return [SeatHolder(post.title) for post in posts]
