"""Recording what the natural-resources bureau wrote on whether something agrees with the plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.common import clock
from huancheng.platform.files.models import StoredFile
from huancheng.platform.planning.models import BureauOpinion, PlanRecord, RenewalUnit, SpecialPlan, UnitPlan
from huancheng.platform.planning.rules import may_keep_register


@dataclass(frozen=True, slots=True)
class OpinionData:
    """A written opinion.

    Parameters
    ----------
    conclusion
        One of `BureauOpinion.Conclusion`.
    number
        Number of the letter.
    given_on
        Its date.
    says
        What it says, in short.
    plan
        Plan it was measured against; None for all.
    """

    conclusion: str
    number: str
    given_on: date
    says: str = ""
    plan: PlanRecord | None = None


ABOUT: dict[str, Any] = {
    "special_plan": (SpecialPlan, lambda row: row.jurisdiction),
    "unit": (RenewalUnit, lambda row: row.jurisdiction),
    "unit_plan": (UnitPlan, lambda row: row.unit.jurisdiction),
}
"""What an opinion may be about, and how its jurisdiction is told."""


def about(kind: str, key: int) -> SpecialPlan | RenewalUnit | UnitPlan | None:
    """Return what an opinion is about; None where there is no such thing."""
    if kind not in ABOUT:
        return None
    row: SpecialPlan | RenewalUnit | UnitPlan | None = ABOUT[kind][0].objects.filter(pk=key).first()
    return row


def jurisdiction_of(kind: str, row: Any) -> str:
    """Return the jurisdiction of a thing an opinion is about."""
    return str(ABOUT[kind][1](row))


def record_opinion(
    kind: str, key: int, data: OpinionData, acting: Acting, scan: StoredFile | None = None
) -> BureauOpinion:
    """Record an opinion; the newest on a thing and a plan holds, and outranks our overlay.

    Parameters
    ----------
    kind, key
        What it is about: one of `ABOUT`, and its id.
    data
        What was written.
    acting
        Who keeps the register of that jurisdiction.
    scan
        Picture of the letter.

    Raises
    ------
    NotAllowed
        If the person does not keep the register there.
    InputFault
        If there is no such thing, or the letter lies in the future or has no number.
    """
    row = about(kind, key)
    if row is None:
        raise InputFault(_("没有这个对象"), cure=_("请从对象的页面登记意见"))
    if not may_keep_register(acting, jurisdiction_of(kind, row)):
        raise NotAllowed(_("您不维护这个辖区的规划台账"), cure=_("请由该辖区的自然资源和规划部门登记"))
    if not data.number:
        raise InputFault(_("书面意见须有文号"), field="number", cure=_("请照来文填写"))
    if data.given_on > clock.today():
        raise InputFault(_("日期不能晚于今天"), field="given_on", cure=_("请改正日期"))
    with transaction.atomic():
        opinion = BureauOpinion.objects.create(
            plan=data.plan, subject_kind=kind, subject_key=key, conclusion=data.conclusion, number=data.number,
            given_on=data.given_on, says=data.says, scan=scan, recorded_at=clock.now(),
        )  # fmt: skip
        told = {"paper": data.number, "conclusion": data.conclusion, "plan": data.plan.pk if data.plan else None}
        append(row.stream, "plan.opinion", acting, told, day=data.given_on, words=data.says)
    return opinion
