"""The case of a unit plan, and that of the regulatory plan's change it may need: opened, followed, guarded."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import PROGRAM, Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.editions import HANDS_IN
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import Case
from huancheng.platform.planning.domain.carrying import (
    OVER,
    approved_on,
    bind,
    demand_uncarried,
    lay_aside,
    number_of,
    unbound,
)
from huancheng.platform.planning.domain.register import PlanData, enter_approved
from huancheng.platform.planning.domain.unit_plans import demand_unit_writer
from huancheng.platform.planning.instruments import CARRY_UNIT, REGULATORY_CHANGE, WAITS, instrument_of
from huancheng.platform.planning.models import PlanRecord, UnitPlan
from huancheng.policy.routes.events import Event
from huancheng.policy.routes.model import StepKind

BOUND = "unit_plan.case"
"""What the log says when a case is bound to a version."""


def lacking(plan: UnitPlan) -> list[str]:
    """Return what a version lacks before it may go to review: each part with what is missing in it."""
    if not plan.is_current:
        return [_("最新填报内容的测算")]
    return [
        _("%(part)s（%(what)s）") % {"part": part["title"], "what": part["lacking"]}
        for part in plan.computed.get("parts", ()) if not part["complete"]
    ]  # fmt: skip


def needs_change(plan: UnitPlan) -> bool:
    """Whether the regulatory plan must be changed for it, as far as is known."""
    return plan.computed.get("regulatory_change", {}).get("needed") is True


def waits_for_change(plan: UnitPlan) -> bool:
    """Whether its approval waits for the change of the regulatory plan, where the pack says that it must."""
    parameters = current_book().parameters
    must_wait = WAITS in parameters and bool(parameters[WAITS].value)
    changed = plan.change_case is not None and plan.change_case.approved
    return must_wait and needs_change(plan) and not changed


def open_unit_plan_case(plan: int, acting: Acting) -> CaseStanding:
    """Open the case that carries a draft to its approval, on the route of its place.

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
        If it is no draft, or a case is open already.
    """
    with transaction.atomic():
        row = _locked(plan)
        demand_unit_writer(row, acting)
        demand_uncarried(row)
        standing = open_case(instrument_of(row), row.unit.subject, acting)
        bind(row, standing.case, acting, BOUND)
    return standing


def open_change_case(plan: int, acting: Acting) -> CaseStanding:
    """Open the case that changes the regulatory plan for a unit plan, and note it with the plan.

    Parameters
    ----------
    plan
        Id of the draft that needs it.
    acting
        Who may open such a case: whoever compiles the regulatory plan, or the office.

    Raises
    ------
    NotAllowed
        If the person may not open it.
    InputFault
        If no change is needed, or its case is open already.
    """
    with transaction.atomic():
        row = _locked(plan)
        if row.state != UnitPlan.State.DRAFT or not needs_change(row):
            raise InputFault(_("这一版没有涉及控制性详细规划调整"), cure=_("请先测算，或由主管部门出具书面意见"))
        if row.change_case is not None and row.change_case.status not in OVER:
            raise InputFault(_("控规调整的案卷已发起：%s") % row.change_case.number, cure=_("请打开案卷办理"))
        standing = open_case(REGULATORY_CHANGE, row.unit.subject, acting)
        _bind_change(row, standing.case, acting)
    return standing


def follow_unit_case(case: int) -> UnitPlan | None:
    """Let a unit plan follow a case: one opened elsewhere is bound, an approval adopts, a filing leaves its number.

    Called after every act in a case; does nothing where nothing is to do.

    Parameters
    ----------
    case
        Id of the case.

    Returns
    -------
    UnitPlan
        The plan that followed; None where there is none.
    """
    row = Case.objects.select_related("subject").get(pk=case)
    if row.instrument not in CARRY_UNIT | {REGULATORY_CHANGE}:
        return None
    with transaction.atomic():
        plans = UnitPlan.objects.select_for_update(of=("self",)).filter(unit__subject=row.subject)
        plans = plans.select_related("unit", "case", "change_case")
        draft = plans.filter(state=UnitPlan.State.DRAFT).first()
        if row.instrument == REGULATORY_CHANGE:
            return _follow_change(draft, row)
        plan = plans.filter(case=row).first() or (unbound(draft, row, instrument_of(draft)) if draft else None)
        if plan is None:
            return None
        if plan.case_id != row.pk:
            bind(plan, row, PROGRAM, BOUND)
        standing = standing_of(row)
        if row.approved and plan.state == UnitPlan.State.DRAFT:
            adopt_unit_plan(plan, PROGRAM, day=approved_on(standing), number=number_of(standing))
        _note_filing(plan, standing)
    return plan


def adopt_unit_plan(plan: UnitPlan, acting: Acting, *, day: date, number: str) -> None:
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
    lay_aside(UnitPlan.objects.filter(unit=plan.unit_id), plan, acting, "unit_plan.replaced")
    plan.state, plan.adopted_on, plan.number = UnitPlan.State.ADOPTED, day, number[:80]
    plan.save(update_fields=["state", "adopted_on", "number", "updated_at"])
    append(plan.stream, "unit_plan.adopted", acting, {"version": plan.version, "paper": number}, day=day)
    _enter(plan, acting, day)


def guard_unit_plan(standing: CaseStanding, event: Event) -> None:
    """Refuse to hand a unit plan in while a part is lacking, and to approve it before the change it waits for.

    Raises
    ------
    InputFault
        Names what is lacking.
    """
    kind = standing.plan.step(event.step).step.kind
    approves = kind is StepKind.APPROVE and event.passed is not False
    if standing.case.instrument not in CARRY_UNIT or (kind not in HANDS_IN and not approves):
        return
    rows = UnitPlan.objects.select_related("change_case").filter(case=standing.case, state=UnitPlan.State.DRAFT)
    plan = rows.first()
    if plan is None:
        return
    if kind in HANDS_IN and (missing := lacking(plan)):
        raise InputFault(
            _("单元规划五部分内容不全：%s") % "；".join(missing), cure=_("请在单元规划中补齐并测算，再办结")
        )
    if approves and waits_for_change(plan):
        raise InputFault(
            _("单元规划涉及控制性详细规划调整，调整尚未获批"), cure=_("请先办结控规调整案卷，再批准单元规划")
        )


def _locked(plan: int) -> UnitPlan:
    rows = UnitPlan.objects.select_for_update(of=("self",)).select_related("unit__subject", "case", "change_case")
    return rows.get(pk=plan)


def _follow_change(draft: UnitPlan | None, case: Case) -> UnitPlan | None:
    """Note a change that was opened elsewhere with the draft that needs one."""
    if draft is None or draft.change_case_id == case.pk or case.status in OVER or not needs_change(draft):
        return None
    if draft.change_case is not None and draft.change_case.status not in OVER:
        return None
    _bind_change(draft, case, PROGRAM)
    return draft


def _bind_change(plan: UnitPlan, case: Case, acting: Acting) -> None:
    plan.change_case = case
    plan.save(update_fields=["change_case", "updated_at"])
    append(plan.stream, "unit_plan.change_case", acting, {"case": case.pk, "number": case.number})


def _note_filing(plan: UnitPlan, standing: CaseStanding) -> None:
    number = number_of(standing, StepKind.FILE)[:80]
    if plan.state == UnitPlan.State.ADOPTED and number and plan.filed_number != number:
        plan.filed_number = number
        plan.save(update_fields=["filed_number", "updated_at"])
        append(plan.stream, "unit_plan.filed", PROGRAM, {"paper": number})


def _enter(plan: UnitPlan, acting: Acting, day: date) -> None:
    """Enter a version in force into the register, with the unit's ground as its coverage."""
    unit = plan.unit
    ground = {name: getattr(unit, name) for name in ("geometry", "west", "south", "east", "north")}
    title = _("%s单元规划") % unit.name
    said = PlanData(PlanRecord.Kind.UNIT, title, unit.jurisdiction, number=plan.number, approved_on=day)
    enter_approved(said, acting, ground)
