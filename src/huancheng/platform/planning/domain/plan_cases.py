"""The case of a special plan: opened on a whole basis, followed to the approval that puts the version in force."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import PROGRAM, Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.editions import HANDS_IN
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import Case
from huancheng.platform.planning.domain.carrying import (
    approved_on,
    bind,
    demand_uncarried,
    lay_aside,
    number_of,
    unbound,
)
from huancheng.platform.planning.domain.register import APPROVED, PlanData, enter_approved
from huancheng.platform.planning.domain.special_plans import demand_writer
from huancheng.platform.planning.instruments import CARRY, instrument_of
from huancheng.platform.planning.models import PlanRecord, SpecialPlan
from huancheng.policy.routes.events import Event

BOUND = "special_plan.case"
"""What the log says when a case is bound to a version."""

UPPER = (PlanRecord.Kind.MASTER, PlanRecord.Kind.REGULATORY)
"""Kinds of plan a special plan must cite."""


def missing_basis(plan: SpecialPlan) -> list[str]:
    """Return what a plan does not cite yet, in words; it rests on the check-up and goes by each upper plan."""
    missing = [] if plan.checkup_id else [_("城市体检成果")]
    cited = list(plan.upper_plans.values_list("kind", "state", "title")) if plan.pk else []
    for kind in UPPER:
        held = [state for found, state, _title in cited if found == kind]
        if not held:
            missing.append(str(kind.label))
    missing += [_("%s（已不是现行规划）") % title for _kind, state, title in cited if state not in APPROVED]
    return missing


def demand_basis(plan: SpecialPlan) -> None:
    """See that a plan cites its check-up and upper plans.

    Raises
    ------
    InputFault
        Names what is missing.
    """
    if missing := missing_basis(plan):
        raise InputFault(
            _("专项规划还缺少依据：%s") % "、".join(missing), field="basis", cure=_("请先在“依据”中引用，再发起或办结")
        )


def open_plan_case(plan: int, acting: Acting) -> CaseStanding:
    """Open the case that carries a draft to its approval.

    Parameters
    ----------
    plan
        Id of the draft.
    acting
        Who opens it.

    Raises
    ------
    NotAllowed
        If the person may not.
    InputFault
        If its basis is not whole, it is no draft, or a case is open already.
    """
    with transaction.atomic():
        row = SpecialPlan.objects.select_for_update(of=("self",)).select_related("subject", "case").get(pk=plan)
        demand_writer(row, acting)
        demand_uncarried(row)
        demand_basis(row)
        standing = open_case(instrument_of(row), row.subject, acting, title=row.title)
        bind(row, standing.case, acting, BOUND)
    return standing


def follow_case(case: int) -> SpecialPlan | None:
    """Let a plan follow its case: one opened elsewhere is bound to the draft, an approval makes the version adopted.

    Called after every act in a case; does nothing where nothing is to do.

    Parameters
    ----------
    case
        Id of the case.

    Returns
    -------
    SpecialPlan
        The plan that followed; None where there is none.
    """
    row = Case.objects.select_related("subject").get(pk=case)
    if row.instrument not in CARRY:
        return None
    with transaction.atomic():
        drafts = SpecialPlan.objects.select_for_update().filter(subject=row.subject, state=SpecialPlan.State.DRAFT)
        fresh = drafts.first()
        plan = drafts.filter(case=row).first() or (unbound(fresh, row, instrument_of(fresh)) if fresh else None)
        if plan is None:
            return None
        if plan.case_id != row.pk:
            bind(plan, row, PROGRAM, BOUND)
        if row.approved:
            standing = standing_of(row)
            adopt(plan, PROGRAM, day=approved_on(standing), number=number_of(standing))
    return plan


def adopt(plan: SpecialPlan, acting: Acting, *, day: date, number: str) -> None:
    """Make a version the one in force, lay the one before aside, and enter it into the register of plans.

    Parameters
    ----------
    plan
        The draft, locked.
    acting
        Who; the program, where it follows a case.
    day, number
        Of the approval.
    """
    versions = SpecialPlan.objects.filter(jurisdiction=plan.jurisdiction)
    lay_aside(versions, plan, acting, "special_plan.replaced")
    plan.state, plan.adopted_on = SpecialPlan.State.ADOPTED, day
    plan.edition += 1
    plan.save()
    append(plan.stream, "special_plan.adopted", acting, {"version": plan.version, "paper": number}, day=day)
    said = PlanData(PlanRecord.Kind.SPECIAL, plan.title, plan.jurisdiction, number=number, approved_on=day)
    enter_approved(said, acting)


def guard_basis(standing: CaseStanding, event: Event) -> None:
    """Refuse to end a step that hands a special plan in while its basis is not whole; wherever it was opened.

    Raises
    ------
    InputFault
        Names what is missing.
    """
    if standing.case.instrument not in CARRY or standing.plan.step(event.step).step.kind not in HANDS_IN:
        return
    plan = SpecialPlan.objects.filter(case=standing.case, state=SpecialPlan.State.DRAFT).first()
    if plan is not None:
        demand_basis(plan)
