"""Guards on steps: what the procedures inside a step demand before it may end."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huancheng.platform.casework.domain.guards import add_guard
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.consultation.domain.settling import ASKING, asked_now
from huancheng.platform.casework.procedures.consultation.models import OpinionRequest
from huancheng.platform.casework.procedures.experts.models import Panel
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.meetings.models import AgendaItem
from huancheng.platform.casework.procedures.notices.models import Notice
from huancheng.policy.routes.events import Event
from huancheng.policy.routes.model import StepKind


def all_have_answered(standing: CaseStanding, event: Event) -> None:
    """Refuse to end a step of asking while somebody asked has not answered.

    Raises
    ------
    ProcedureFault
        If so.
    """
    if standing.plan.step(event.step).step.kind not in ASKING:
        return
    if left := asked_now(standing, event.step).filter(status=OpinionRequest.Status.OPEN).count():
        raise ProcedureFault(_("还有 %d 家单位未答复") % left, field="step", cure=_("请催办、撤销，或期满后视为无异议"))


def the_panel_has_concluded(standing: CaseStanding, event: Event) -> None:
    """Refuse to decide an expert review past the panel drawn for it.

    Raises
    ------
    ProcedureFault
        If so.
    """
    if standing.plan.step(event.step).step.kind is not StepKind.EXPERT_REVIEW:
        return
    panels = Panel.objects.filter(case=standing.case, step=event.step, round=standing.case.round)
    if panels.filter(status=Panel.Status.OPEN).exists():
        raise ProcedureFault(_("专家组尚未形成结论"), field="step", cure=_("请在“专家论证”中形成结论"))


def no_votes_wait(standing: CaseStanding, event: Event) -> None:
    """Refuse to decide a step past votes that were entered and wait for a second person.

    Raises
    ------
    ProcedureFault
        If so.
    """
    items = AgendaItem.objects.filter(case=standing.case, step=event.step, round=standing.case.round)
    if items.filter(status=AgendaItem.Status.ENTERED).exists():
        raise ProcedureFault(_("会议表决已登记，待复核"), field="step", cure=_("请先复核或退回表决登记"))


def the_notice_is_over(standing: CaseStanding, event: Event) -> None:
    """Refuse to end a notice before its last day has passed or while an objection waits for its answer.

    Raises
    ------
    ProcedureFault
        If so.
    """
    notice = Notice.objects.filter(case=standing.case, step=event.step, round=standing.case.round).first()
    if notice is None:
        return
    if notice.ends_on is not None and event.day <= notice.ends_on:
        raise ProcedureFault(_("公示须满 %s 方可结束") % notice.ends_on, field="day", cure=_("请在公示期满后办理"))
    if left := notice.objections.filter(verdict="").count():
        raise ProcedureFault(_("还有 %d 条意见未答复") % left, field="step", cure=_("请逐条答复后再办结"))


def add_guards() -> None:
    """Add all guards; called when the app starts."""
    for guard in (all_have_answered, the_panel_has_concluded, no_votes_wait, the_notice_is_over):
        add_guard(guard)
