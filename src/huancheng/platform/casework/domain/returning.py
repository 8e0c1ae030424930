"""The acts that carry a case back: correction, return, withdrawal, resubmission."""

from __future__ import annotations

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.moving import move
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind


def request_correction(
    case: int, step: str, acting: Acting, *, words: str, expected: int | None = None
) -> CaseStanding:
    """Ask for corrected papers (补正); the clock of the step stands until they come.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids it, or nothing says what to correct.
    """
    event = Event(EventKind.CORRECTION_REQUESTED, clock.today(), step=step)
    return move(case, "request_correction", acting, event, expected=expected, words=words)


def supply_correction(
    case: int, step: str, acting: Acting, *, words: str = "", expected: int | None = None
) -> CaseStanding:
    """Hand the corrected contents in; the clock of the step runs again, and an edition is kept.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids it, or a part is empty.
    """
    event = Event(EventKind.CORRECTION_SUPPLIED, clock.today(), step=step)
    return move(case, "supply_correction", acting, event, expected=expected, words=words)


def return_(case: int, step: str, acting: Acting, *, to: str, words: str, expected: int | None = None) -> CaseStanding:
    """Send a case back to an earlier step (退回); everything from there on begins anew, in a new round.

    Parameters
    ----------
    case, step, acting, words, expected
        As for the other acts; `words` is the reason.
    to
        Id of the earlier step.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids it, or no reason is given.
    """
    event = Event(EventKind.RETURNED, clock.today(), step=step, to=to)
    return move(case, "return", acting, event, expected=expected, words=words)


def withdraw(case: int, acting: Acting, *, words: str, expected: int | None = None) -> CaseStanding:
    """Take a case back (撤回).

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids it, or no reason is given.
    """
    event = Event(EventKind.WITHDRAWN, clock.today())
    return move(case, "withdraw", acting, event, expected=expected, words=words)


def resubmit(case: int, acting: Acting, *, words: str = "", expected: int | None = None) -> CaseStanding:
    """Begin a withdrawn or refused case anew, in a new round; what was written stays to be amended.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute
        If the person, the moment or the route forbids it.
    """
    event = Event(EventKind.RESUBMITTED, clock.today())
    return move(case, "resubmit", acting, event, expected=expected, words=words)
