"""The acts that carry a case from step to step."""

from __future__ import annotations

from datetime import date

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.moving import move
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind, Vote


def complete(
    case: int,
    step: str,
    acting: Acting,
    *,
    paper: str = "",
    words: str = "",
    day: date | None = None,
    expected: int | None = None,
) -> CaseStanding:
    """End a step that judges nothing: compiled, published, consulted, filed.

    Parameters
    ----------
    case, step
        Which.
    acting
        Who.
    paper
        Number of the paper that shows it: a receipt, a letter.
    words
        Remark.
    day
        Day of the paper; today by default.
    expected
        Version the person saw.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute
        If the person, the moment or the route forbids it.
    InputFault
        If contents are missing that the step hands in.
    """
    event = Event(EventKind.COMPLETED, day or clock.today(), step=step, paper=paper)
    return move(case, "complete", acting, event, expected=expected, words=words)


def decide(
    case: int,
    step: str,
    acting: Acting,
    *,
    passed: bool | None = None,
    opinion: str,
    vote: Vote | None = None,
    paper: str = "",
    day: date | None = None,
    expected: int | None = None,
) -> CaseStanding:
    """Say yes or no for the body of a step, with an opinion.

    Parameters
    ----------
    case, step, acting, paper, day, expected
        As for `complete`.
    passed
        Yes or no; left out where the step is decided by vote.
    opinion
        The opinion.
    vote
        The votes, where the route sets a vote.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute
        If the person, the moment or the route forbids it.
    """
    event = Event(EventKind.DECIDED, day or clock.today(), step=step, passed=passed, vote=vote, paper=paper)
    return move(case, "decide", acting, event, expected=expected, words=opinion)


def skip(case: int, step: str, acting: Acting, *, words: str, expected: int | None = None) -> CaseStanding:
    """Leave an optional step out, with a reason.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids it, or no reason is given.
    """
    event = Event(EventKind.SKIPPED, clock.today(), step=step)
    return move(case, "skip", acting, event, expected=expected, words=words)


def lapse(case: int, step: str, acting: Acting, *, words: str = "", expected: int | None = None) -> CaseStanding:
    """State that nobody answered in time, where the pack takes that as no objection.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute
        If the person, the moment or the route forbids it.
    """
    event = Event(EventKind.LAPSED, clock.today(), step=step)
    return move(case, "lapse", acting, event, expected=expected, words=words)
