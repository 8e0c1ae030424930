"""The route of a case as a line of stations: who, when, how long, and why it goes this way."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huancheng.evidence import Basis
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.queries.state_words import count_days
from huancheng.platform.common.look.records import Station
from huancheng.policy.book import PolicyBook
from huancheng.policy.calendar import Due
from huancheng.policy.conditions.describe import say_condition
from huancheng.policy.routes.plan import Plan, PlannedStep
from huancheng.policy.routes.state import CaseStatus, StepState, StepStatus

_STATES = {
    StepStatus.WAITING: "waiting",
    StepStatus.READY: "current",
    StepStatus.STOPPED: "stopped",
    StepStatus.DONE: "done",
    StepStatus.PASSED: "done",
    StepStatus.REFUSED: "refused",
    StepStatus.LAPSED: "done",
    StepStatus.SKIPPED: "skipped",
}


def route_line(standing: CaseStanding, today: date) -> list[Station]:
    """Return the stations of a case."""
    return [_station(standing, number, planned, today) for number, planned in enumerate(standing.plan.steps)]


def _station(standing: CaseStanding, number: int, planned: PlannedStep, today: date) -> Station:
    current = standing.step(planned.step.id)
    running = standing.state.status is CaseStatus.OPEN and current.status in (StepStatus.READY, StepStatus.STOPPED)
    due = standing.interpreter.due(standing.state, planned.step.id) if running else None
    late = due is not None and not planned.step.is_minimum and today > due.day
    state = "waiting" if not running and not current.status.is_over else _STATES[current.status]
    body = standing.body_of(planned)
    through = standing.through_of(planned)
    return Station(
        kind=_(planned.step.kind.official),
        state="late" if late and state == "current" else state,
        body=body.name if body else planned.body.name,
        who=_("由%s登记") % through.name if through and running else "",
        when=current.ended_on,
        took=_took(standing, planned, current, today if running else None),
        due=due.day if due and not planned.step.is_minimum else None,
        late=_late(standing, planned, due, today) if late else "",
        why=why(standing.book, standing.plan, planned),
        clauses=clauses(standing.book, planned),
        beside=_beside(standing.plan, number),
        result=_result(current),
    )


def _beside(plan: Plan, number: int) -> bool:
    group = plan.steps[number].step.group
    return bool(group) and number > 0 and plan.steps[number - 1].step.group == group


def _late(standing: CaseStanding, planned: PlannedStep, due: Due | None, today: date) -> str:
    return _("已逾期 %s") % count_days(standing, planned, due.day, today) if due else ""


def _took(standing: CaseStanding, planned: PlannedStep, current: StepState, today: date | None) -> str:
    """Return how long a step took, or has taken; nothing for what was entered afterwards."""
    end = current.ended_on or today
    if end is None or current.ready_on is None or current.back_entered or current.status is StepStatus.SKIPPED:
        return ""
    working = planned.step.day_kind == "working"
    calendar = standing.interpreter.calendar(standing.state)
    days = calendar.elapsed(current.ready_on, end, working=working, pauses=current.pauses)
    if working:
        return ngettext("%d 个工作日", "%d 个工作日", days) % days
    return ngettext("%d 日", "%d 日", days) % days


def _result(current: StepState) -> str:
    if current.back_entered:
        return _("补录未通过") if current.status is StepStatus.REFUSED else _("补录")
    words = {
        StepStatus.PASSED: _("通过"),
        StepStatus.REFUSED: _("未通过"),
        StepStatus.LAPSED: _("视为无异议"),
        StepStatus.SKIPPED: _("略过"),
    }
    return words.get(current.status, "")


def why(book: PolicyBook, plan: Plan, planned: PlannedStep) -> str:
    """Return why a step stands in the route: its condition, whether what follows waits, its time, whose words it is."""
    step = planned.step
    parts = []
    if step.when:
        condition = say_condition(book.route_conditions[f"{plan.route.id}/{step.id}"], book.catalogue)
        parts.append(_("条件：%s") % condition)
    if step.gate:
        parts.append(_("通过后方可进入后续环节"))
    if not step.holds:
        parts.append(_("不影响后续环节"))
    if step.optional:
        parts.append(_("可以略过"))
    if step.days is not None:
        parts.append(_days(planned))
    if step.silence == "no_objection":
        parts.append(_("逾期不答复视为无异议"))
    if step.vote is not None:
        parts.append(
            _("表决：到会不少于 %(present)s，同意%(sign)s %(approve)s")
            % {
                "present": step.vote.present,
                "approve": step.vote.approve,
                "sign": _("超过") if step.vote.strict else _("不少于"),
            }
        )
    if step.note:
        parts.append(step.note)
    parts.append(basis_words(planned.basis))
    return _("；").join(parts)


def _days(planned: PlannedStep) -> str:
    step = planned.step
    unit = _("个工作日") if step.day_kind == "working" else _("日")
    words = _("不少于 %(days)d %(unit)s") if step.is_minimum else _("时限 %(days)d %(unit)s")
    said = words % {"days": step.days, "unit": unit}
    return said if step.days_basis is not Basis.DEFAULT else _("%s（默认时限）") % said


def basis_words(basis: Basis) -> str:
    """Return whose words something is."""
    words = {
        Basis.SEED: _("依据：意见原文"),
        Basis.LAW: _("依据：法律法规"),
        Basis.DEFAULT: _("依据：系统默认，可由政策包修改"),
    }
    return words[basis]


def clauses(book: PolicyBook, planned: PlannedStep) -> list[tuple[str, str]]:
    """Return the clauses a step rests on, with what they say."""
    return [cited(book, reference) for reference in planned.step.cites]


def cited(book: PolicyBook, reference: str) -> tuple[str, str]:
    """Return a clause's place and what it says."""
    citation = book.citations.citation(reference)
    return f"{citation.source} {citation.clause}", book.citations.says(reference)
