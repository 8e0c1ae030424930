"""Back-entry (补录): what happened before this system came, marked and outside the timeliness figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.moving import apply, demand, lock
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind, Vote


@dataclass(frozen=True, slots=True)
class PastStep:
    """A step that was carried out on paper.

    Parameters
    ----------
    step
        Its id.
    day
        Date of the paper.
    paper
        Its number.
    passed
        For a decision: yes or no.
    vote
        For a decision by vote, where the votes are known.
    """

    step: str
    day: date
    paper: str
    passed: bool | None = None
    vote: Vote | None = None


def back_enter(
    case: int, past: Sequence[PastStep], acting: Acting, *, words: str = "", expected: int | None = None
) -> CaseStanding:
    """Enter one step or a whole past, each step with its paper; all of it or nothing.

    Parameters
    ----------
    case
        Its id.
    past
        The steps, in the order in which they were carried out.
    acting
        Who enters them.
    words
        Remark, kept with the first of them.
    expected
        Version the person saw.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids one of them, or a paper is missing.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        for number, item in enumerate(past):
            demand(acting, "back_enter", standing, item.step, paper=item.paper)
            event = Event(
                EventKind.BACK_ENTERED, item.day, step=item.step, passed=item.passed, vote=item.vote,
                paper=item.paper, entered_on=clock.today(),
            )  # fmt: skip
            standing = apply(standing, "back_enter", acting, event, words=words if number == 0 else "")
    return standing
