"""Where a case stands, in one sentence: the headline of its page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.queries.said import listed
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import CaseStatus, StepStatus


@dataclass(frozen=True, slots=True)
class StateWords:
    """The sentence and its colour.

    Parameters
    ----------
    words
        The sentence.
    tone
        green, amber, red, grey or teal.
    """

    words: str
    tone: str


def state_words(standing: CaseStanding, today: date) -> StateWords:
    """Return where a case stands today."""
    match standing.state.status:
        case CaseStatus.WITHDRAWN:
            return StateWords(_("已撤回"), "grey")
        case CaseStatus.REFUSED:
            return StateWords(_refused(standing), "red")
        case CaseStatus.FINISHED:
            return StateWords(_finished(standing), "green")
        case CaseStatus.OPEN:
            return _open(standing, today)


def _refused(standing: CaseStanding) -> str:
    planned = next(item for item in standing.plan.steps if standing.step(item.step.id).status is StepStatus.REFUSED)
    return _("%(kind)s未通过：%(body)s") % _who(standing, planned)


def _finished(standing: CaseStanding) -> str:
    days = [step.ended_on for step in standing.state.steps.values() if step.ended_on]
    return _("已办结，%s") % max(days).isoformat() if days else _("已办结")


def _open(standing: CaseStanding, today: date) -> StateWords:
    begun = [
        item
        for item in standing.plan.steps
        if standing.step(item.step.id).status in (StepStatus.READY, StepStatus.STOPPED)
    ]
    if not begun:
        missing = standing.interpreter.missing_preconditions(standing.state)
        texts = [item.text for item in standing.plan.preconditions if item.id in missing]
        if texts:
            return StateWords(_("等待前置条件：%s") % listed(texts), "amber")
        return StateWords(_("等待补充事实"), "amber")
    first = next((item for item in begun if item.step.holds), begun[0])
    words = _waiting(standing, first, today)
    others = len(begun) - 1
    if others:
        more = ngettext("；另有 %d 个环节同时办理", "；另有 %d 个环节同时办理", others) % others
        return StateWords(words.words + more, words.tone)
    return words


def _waiting(standing: CaseStanding, planned: PlannedStep, today: date) -> StateWords:
    current = standing.step(planned.step.id)
    who = _who(standing, planned)
    if current.status is StepStatus.STOPPED:
        since = current.pauses[-1][0].isoformat()
        return StateWords(_("%(body)s要求补正，自 %(since)s 停止计时") % {**who, "since": since}, "amber")
    due = standing.interpreter.due(standing.state, planned.step.id)
    if due is None:
        return StateWords(_("%(body)s待%(kind)s") % who, "teal")
    if planned.step.is_minimum:
        return _hanging(who, due.day, today)
    return _timed(standing, planned, due.day, today)


def _hanging(who: dict[str, str], due: date, today: date) -> StateWords:
    if today > due:
        return StateWords(_("%(body)s%(kind)s期满，可以结束") % who, "teal")
    return StateWords(_("%(body)s%(kind)s中，须满 %(due)s") % {**who, "due": due.isoformat()}, "teal")


def _timed(standing: CaseStanding, planned: PlannedStep, due: date, today: date) -> StateWords:
    who = _who(standing, planned)
    if today > due:
        late = count_days(standing, planned, due, today)
        return StateWords(_("%(body)s待%(kind)s，已逾期 %(days)s") % {**who, "days": late}, "red")
    if today == due:
        return StateWords(_("%(body)s待%(kind)s，今天到期") % who, "amber")
    left = count_days(standing, planned, today, due)
    tone = "amber" if _soon(standing, today, due) else "teal"
    return StateWords(_("%(body)s待%(kind)s，还剩 %(days)s") % {**who, "days": left}, tone)


def _who(standing: CaseStanding, planned: PlannedStep) -> dict[str, str]:
    body = standing.body_of(planned)
    return {"body": body.name if body else planned.body.name, "kind": _(planned.step.kind.official)}


def _soon(standing: CaseStanding, today: date, due: date) -> bool:
    calendar = standing.interpreter.calendar(standing.state)
    return calendar.working_days_between(today, due) <= standing.posts.amber_days


def count_days(standing: CaseStanding, planned: PlannedStep, start: date, end: date) -> str:
    """Return the days between two days as the step counts them: 6 个工作日, or 30 日."""
    if planned.step.day_kind == "working":
        number = standing.interpreter.calendar(standing.state).working_days_between(start, end)
        return ngettext("%d 个工作日", "%d 个工作日", number) % number
    number = (end - start).days
    return ngettext("%d 日", "%d 日", number) % number
