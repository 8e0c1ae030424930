"""What every procedure needs of the step it runs in."""

from __future__ import annotations

from datetime import date
from typing import cast

from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.moving import demand, lock
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.common import clock
from huancheng.policy.calendar import Due
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import StepStatus


def enter(
    case: int, step: str, act: str, acting: Acting, *, expected: int | None = None
) -> tuple[CaseStanding, PlannedStep]:
    """Lock a case for an act in one of its steps, which the person must be allowed to do.

    Raises
    ------
    NotAllowed, Overtaken, InputFault
        If the person or the moment forbids it, or the route has no such step.
    """
    standing = lock(case, expected)
    planned = standing.plan.step(step)
    demand(acting, act, standing, step)
    return standing, planned


def is_under_way(standing: CaseStanding, step: str, number: int) -> bool:
    """Whether what was begun in a step in a round of the case still counts: the step waits for it now."""
    current = standing.state.steps.get(step)
    return (
        current is not None
        and current.status in {StepStatus.READY, StepStatus.STOPPED}
        and standing.case.round == number
    )


def time_from(standing: CaseStanding, planned: PlannedStep, start: date) -> Due | None:
    """Return the end of a step's time counted from a day other than the step's first; None where none is set."""
    if planned.step.days is None:
        return None
    working = planned.step.day_kind == "working"
    return standing.interpreter.calendar(standing.state).due(start, planned.step.days, working=working)


def check_day(day: date | None, since: date) -> date:
    """Return the date of a paper, or today where none is given.

    Raises
    ------
    ProcedureFault
        If it lies in the future, or before what it answers.
    """
    today = clock.today()
    day = day or today
    if not since <= day <= today:
        raise ProcedureFault(
            _("日期 %(day)s 不在 %(since)s 至 %(today)s 之间") % {"day": day, "since": since, "today": today},
            field="day",
            cure=_("请核对文件日期"),
        )
    return day


def body_of(acting: Acting) -> int:
    """Return the body a person acts for; whoever was allowed an act has one."""
    return cast("int", acting.body)
