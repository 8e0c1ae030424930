"""The page of a special plan: where it stands in words, what it rests on, what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.checkups.models import ProblemRecord, ScopeKind
from huancheng.platform.planning.domain.carrying import is_carried
from huancheng.platform.planning.domain.goals import Goal, goals_of
from huancheng.platform.planning.domain.plan_cases import missing_basis
from huancheng.platform.planning.instruments import instrument_of
from huancheng.platform.planning.models import KeyArea, PlanRecord, RenewalUnit, SpecialPlan
from huancheng.platform.planning.queries.agreement import Agreement, agreement_of
from huancheng.platform.planning.queries.places import place_of
from huancheng.platform.planning.rules import being_written, may_keep_register, may_write_plan


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a plan stands, and what a person may do with it.

    Parameters
    ----------
    missing
        What it does not cite yet.
    case
        The case that carries it, where the person sees it.
    writes
        Whether the person may change it now.
    opens
        Whether the person may open its case now.
    renews
        Whether the person may begin the next version.
    keeps
        Whether the person records the bureau's opinions on it.
    headline
        Where it stands, in words.
    """

    missing: Sequence[str]
    case: Case | None
    writes: bool
    opens: bool
    renews: bool
    keeps: bool
    headline: str


def standing_of_plan(plan: SpecialPlan, acting: Acting) -> Standing:
    """Return where a plan stands, for a person."""
    is_draft = plan.state == SpecialPlan.State.DRAFT
    missing = missing_basis(plan) if is_draft else []
    writer = may_write_plan(acting, instrument_of(plan), plan.subject)
    runs = is_carried(plan)
    latest = not SpecialPlan.objects.filter(jurisdiction=plan.jurisdiction, version__gt=plan.version).exists()
    case = visible_cases(acting).filter(pk=plan.case_id).first() if plan.case_id else None
    return Standing(
        missing, case,
        writes=is_draft and writer and being_written(plan),
        opens=is_draft and writer and not runs,
        renews=plan.state == SpecialPlan.State.ADOPTED and writer and latest,
        keeps=may_keep_register(acting, plan.jurisdiction),
        headline=_headline(plan, missing, runs=runs),
    )  # fmt: skip


def _headline(plan: SpecialPlan, missing: Sequence[str], *, runs: bool) -> str:
    if plan.state == SpecialPlan.State.ADOPTED:
        words = _("已定稿") if plan.adopted_on is None else _("%s 批准定稿") % plan.adopted_on.isoformat()
        count = plan.units.count()
        units = ngettext("，划定更新单元 %(count)d 个", "，划定更新单元 %(count)d 个", count) % {"count": count}
        return words + units
    if plan.state == SpecialPlan.State.REPLACED:
        return _("已被后来的版本替代")
    if runs and plan.case is not None:
        return _("案卷 %s 正在审批") % plan.case.number
    if missing:
        return _("还缺少依据：%s，不能发起案卷") % "、".join(missing)
    return _("依据齐全，可以发起案卷")


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a plan says.

    Parameters
    ----------
    upper
        Plans it cites.
    areas
        Its key areas, without their shapes.
    goals
        Its goals with the findings they answer.
    agreement
        What the bureau wrote, and our overlay beside it.
    """

    upper: Sequence[PlanRecord]
    areas: Sequence[KeyArea]
    goals: Sequence[Goal]
    agreement: Agreement


def text_of(plan: SpecialPlan) -> PlanText:
    """Return what a plan says."""
    areas = list(plan.key_areas.all())
    upper = list(plan.upper_plans.all())
    units = list(plan.units.only("geometry", "number", "name"))
    return PlanText(upper, areas, goals_of(plan.goals), agreement_of("special_plan", plan.pk, [*areas, *units], upper))


def findings_for(plan: SpecialPlan, words: str = "") -> QuerySet[ProblemRecord]:
    """Return the findings a plan may carry: of the check-up cited, for the city and the place's own parts of it."""
    if plan.checkup_id is None:
        return ProblemRecord.objects.none()
    place = place_of(plan.jurisdiction)
    titles = _titles(place.members) if place else []
    rows = ProblemRecord.objects.filter(run=plan.checkup_id).defer("geometry")
    rows = rows.filter(
        Q(scope_kind=ScopeKind.CITY)
        | Q(scope_kind__in=(ScopeKind.COUNTY, ScopeKind.MANAGED_AREA), scope_name__in=titles)
    )
    if words:
        rows = rows.filter(
            Q(problem__contains=words) | Q(scope_name__contains=words) | Q(indicator_name__contains=words)
        )
    return rows


def _titles(members: Sequence[str]) -> list[str]:
    from huancheng.platform.casework.domain.law import current_book

    jurisdictions = current_book().jurisdictions
    return [jurisdictions[member].title for member in members]


def units_of(plan: SpecialPlan) -> QuerySet[RenewalUnit]:
    """Return the units of a version, without their shapes."""
    return RenewalUnit.objects.filter(plan=plan).select_related("plan", "subject").defer("geometry", "blocks")
