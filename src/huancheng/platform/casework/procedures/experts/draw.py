"""The rule of the draw: who may not judge, and in which order the others are called."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Exclusion(StrEnum):
    """Why an expert is left out of a draw."""

    EMPLOYER = "employer"
    """Works for a body that takes part in the case."""
    BODY = "body"
    """Has a conflict with a body that takes part."""
    SUBJECT = "subject"
    """Has a conflict with what the case is about."""
    POST = "post"
    """Holds a post in a body that takes part, other than the expert committee."""
    FIELD = "field"
    """Is of another field than those wanted."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An expert as the draw sees them.

    Parameters
    ----------
    expert
        Id.
    fields
        Fields of knowledge.
    employer
        Id of the body they work for.
    bodies
        Ids of bodies they have a conflict with today.
    subjects
        Ids of subjects they have a conflict with today.
    posts
        Ids of bodies in which they hold a post.
    """

    expert: int
    fields: frozenset[str] = frozenset()
    employer: int | None = None
    bodies: frozenset[int] = frozenset()
    subjects: frozenset[int] = frozenset()
    posts: frozenset[int] = frozenset()


def exclusions(
    candidate: Candidate, *, parties: frozenset[int], subject: int, fields: frozenset[str] = frozenset()
) -> tuple[Exclusion, ...]:
    """Return every reason for which a candidate must not sit on a panel; empty for one who may.

    Parameters
    ----------
    candidate
        Who.
    parties
        Bodies that take part in the case.
    subject
        What the case is about.
    fields
        Fields wanted; empty for any.
    """
    tests = (
        (Exclusion.EMPLOYER, candidate.employer in parties),
        (Exclusion.BODY, bool(candidate.bodies & parties)),
        (Exclusion.SUBJECT, subject in candidate.subjects),
        (Exclusion.POST, bool(candidate.posts & parties)),
        (Exclusion.FIELD, bool(fields) and not candidate.fields & fields),
    )
    return tuple(reason for reason, holds in tests if holds)


def order_of_call(seed: str, experts: Iterable[int]) -> list[int]:
    """Return experts in the order in which they are called.

    Each is ranked by the SHA-256 of the seed and their number, so that the order depends on the seed alone: not on
    the order of the pool, nor on who else stands in it. Whoever has the seed can repeat it with any tool.

    Examples
    --------
    >>> order_of_call("5eed", [1, 2, 3]) == order_of_call("5eed", [3, 1, 2])
    True
    """
    return sorted(set(experts), key=lambda expert: hashlib.sha256(f"{seed}:{expert}".encode()).hexdigest())
