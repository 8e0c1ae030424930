"""Adopting a calendar that was published after a case began, so that its deadlines count real working days."""

from __future__ import annotations

from django.db import transaction

from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.moving import apply, lock
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind


def adopt_calendar(case: int) -> CaseStanding | None:
    """Let a case count with the calendar editions known today; the program does it, never a person.

    Returns
    -------
    CaseStanding or None
        None where it counts with them already.
    """
    with transaction.atomic():
        standing = lock(case)
        known = current_book().calendar(clock.today()).editions
        newer = {year: name for year, name in known.items() if standing.state.editions.get(year) != name}
        if not newer:
            return None
        return apply(
            standing,
            "adopt_calendar",
            PROGRAM,
            Event(EventKind.CALENDAR_ADOPTED, clock.today(), editions=newer),
            before={str(year): standing.state.editions.get(year, "") for year in newer},
        )
