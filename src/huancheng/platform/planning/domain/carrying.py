"""How a case carries a version of a plan, of whichever kind: bound to it, over or not, its day and numbers."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Case
from huancheng.platform.common import clock
from huancheng.platform.planning.models import SpecialPlan, UnitPlan
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.state import CaseStatus

OVER = frozenset({CaseStatus.WITHDRAWN.value, CaseStatus.REFUSED.value})
"""States of a case after which another may be opened for the same version."""

Plan = TypeVar("Plan", SpecialPlan, UnitPlan)


def is_carried(plan: SpecialPlan | UnitPlan) -> bool:
    """Whether a case carries a version that is not over."""
    return plan.case is not None and plan.case.status not in OVER


def demand_uncarried(plan: SpecialPlan | UnitPlan) -> None:
    """See that a version is a draft that no case carries.

    Raises
    ------
    InputFault
        If it is no draft, or its case is open.
    """
    if plan.state != plan.State.DRAFT:
        raise InputFault(_("这一版已定稿"), cure=_("请新建版本再发起"))
    if plan.case is not None and is_carried(plan):
        raise InputFault(_("这一版的案卷已发起：%s") % plan.case.number, cure=_("请打开案卷办理"))


def lay_aside(versions: QuerySet[Plan], by: Plan, acting: Acting, code: str) -> None:
    """Lay the versions in force aside for one that takes their place."""
    for old in versions.select_for_update().filter(state=by.State.ADOPTED):
        old.state = old.State.REPLACED
        old.save(update_fields=["state", "updated_at"])
        append(old.stream, code, acting, {"by": by.pk})


def unbound(plan: Plan | None, case: Case, instrument: str) -> Plan | None:
    """Return a draft that no case carries yet, for one that runs under the instrument it needs."""
    if plan is None or case.status in OVER or instrument != case.instrument:
        return None
    return None if is_carried(plan) else plan


def bind(plan: SpecialPlan | UnitPlan, case: Case, acting: Acting, code: str) -> None:
    """Note which case carries a version."""
    plan.case = case
    plan.save(update_fields=["case", "updated_at"])
    append(plan.stream, code, acting, {"case": case.pk, "number": case.number})


def approved_on(standing: CaseStanding) -> date:
    """Return the day of the approval; today where the route has none."""
    step = _last(standing, StepKind.APPROVE)
    return (standing.step(step).ended_on if step else None) or clock.today()


def number_of(standing: CaseStanding, kind: StepKind = StepKind.APPROVE) -> str:
    """Return the number of the paper of the last step of a kind; empty where there is none yet."""
    step = _last(standing, kind)
    return standing.step(step).paper if step else ""


def _last(standing: CaseStanding, kind: StepKind) -> str:
    steps = [item.step.id for item in standing.plan.steps if item.step.kind is kind]
    return steps[-1] if steps else ""
