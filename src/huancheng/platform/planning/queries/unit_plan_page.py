"""The page of a unit plan: where it stands in words, and what a person may do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.opening import draft, may_open
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.common import clock
from huancheng.platform.common.models import Job
from huancheng.platform.planning.domain.carrying import OVER, is_carried
from huancheng.platform.planning.domain.unit_plan_cases import lacking, needs_change, waits_for_change
from huancheng.platform.planning.instruments import REGULATORY_CHANGE, instrument_of
from huancheng.platform.planning.models import BureauOpinion, UnitPlan
from huancheng.platform.planning.rules import being_written, may_keep_register, may_write_plan


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """Where a unit plan stands, and what a person may do with it.

    Parameters
    ----------
    missing
        What it lacks before it may go to review.
    case, change_case
        The case that carries it and that of the regulatory plan's change, where the person sees them.
    writes, opens
        Whether the person may change it, or open its case, now.
    changes
        Whether the person may open the change of the regulatory plan now.
    waits
        Whether its approval waits for that change.
    keeps
        Whether the person records the bureau's opinions on it.
    job
        Work in the background that runs or failed.
    own_job
        Whether the person asked for that work and may watch it.
    headline
        Where it stands, in words.
    """

    missing: Sequence[str]
    case: Case | None
    change_case: Case | None
    writes: bool
    opens: bool
    changes: bool
    waits: bool
    keeps: bool
    job: Job | None
    own_job: bool
    headline: str


def standing_of_unit_plan(plan: UnitPlan, acting: Acting) -> UnitStanding:
    """Return where a unit plan stands, for a person; the plan comes with its unit, cases and job."""
    is_draft = plan.state == UnitPlan.State.DRAFT
    missing = lacking(plan) if is_draft else []
    writer = is_draft and may_write_plan(acting, instrument_of(plan), plan.unit.subject)
    wanted = {plan.case_id, plan.change_case_id} - {None}
    seen = visible_cases(acting).in_bulk(wanted) if wanted else {}
    job = plan.job if plan.job is not None and plan.job.state != Job.State.DONE else None
    return UnitStanding(
        missing, seen.get(plan.case_id or 0), seen.get(plan.change_case_id or 0),
        writes=writer and being_written(plan),
        opens=writer and not is_carried(plan),
        changes=is_draft and may_change(plan, acting),
        waits=is_draft and waits_for_change(plan),
        keeps=may_keep_register(acting, plan.unit.jurisdiction),
        job=job,
        own_job=job is not None and job.person == acting.person,
        headline=_headline(plan, missing, job),
    )  # fmt: skip


def may_change(plan: UnitPlan, acting: Acting) -> bool:
    """Whether a person may open the change of the regulatory plan that a unit plan needs."""
    runs = plan.change_case is not None and plan.change_case.status not in OVER
    if runs or not needs_change(plan) or REGULATORY_CHANGE not in current_book().instruments:
        return False
    standing, _event = draft(REGULATORY_CHANGE, plan.unit.subject, acting, day=clock.today())
    return may_open(acting, standing)


def newer_opinions(plan: UnitPlan, opinions: Sequence[BureauOpinion]) -> list[BureauOpinion]:
    """Return the opinions that hold and that what was computed does not know yet."""
    if not plan.computed or plan.state != UnitPlan.State.DRAFT:
        return []
    known = {item["opinion"] for item in plan.computed.get("consistency", ())}
    return [opinion for opinion in opinions if opinion.number not in known]


def _headline(plan: UnitPlan, missing: Sequence[str], job: Job | None) -> str:
    if plan.state == UnitPlan.State.ADOPTED:
        return _adopted(plan)
    if plan.state == UnitPlan.State.REPLACED:
        return _("已被后来的版本替代")
    if is_carried(plan) and plan.case is not None:
        return _("案卷 %s 正在办理") % plan.case.number
    if not plan.filled:
        return _("还没有填报：下载工作簿，填写后上传")
    if job is not None and job.is_open:
        return _("正在测算")
    return _findings(plan, missing)


def _adopted(plan: UnitPlan) -> str:
    day = plan.adopted_on.isoformat() if plan.adopted_on else ""
    words = _("%(day)s 批准定稿，文号 %(number)s") % {"day": day, "number": plan.number or "–"}
    return (
        _("%(words)s；备案号 %(number)s") % {"words": words, "number": plan.filed_number}
        if plan.filed_number
        else words
    )


def _findings(plan: UnitPlan, missing: Sequence[str]) -> str:
    if not plan.is_current:
        return _("填报内容已更新，须重新测算") if plan.computed else _("已填报，还没有测算")
    if missing:
        count = len(missing)
        return ngettext("五部分内容还有 %(count)d 部分不全", "五部分内容还有 %(count)d 部分不全", count) % {
            "count": count
        }
    broken = sum(line["state"] == "breach" for line in plan.computed.get("red_lines", ()))
    if broken:
        words = ngettext("五部分内容齐全，突破底线 %(count)d 处", "五部分内容齐全，突破底线 %(count)d 处", broken)
        return words % {"count": broken}
    if needs_change(plan):
        return _("五部分内容齐全，涉及控制性详细规划调整")
    return _("五部分内容齐全，可以办理案卷")
