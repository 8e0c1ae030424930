"""Legality review and risk assessment: their result as something that can be counted."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.moving import apply, demand, lock
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.consultation.models import Finding
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.stage import body_of
from huancheng.platform.common import clock
from huancheng.platform.files.models import StoredFile
from huancheng.policy.routes.events import Event, EventKind
from huancheng.policy.routes.model import StepKind

RESULTS = {
    StepKind.LEGALITY_REVIEW: (Finding.Result.LAWFUL, Finding.Result.AFTER_CHANGES, Finding.Result.UNLAWFUL),
    StepKind.RISK_ASSESSMENT: (Finding.Result.HIGH, Finding.Result.MEDIUM, Finding.Result.LOW),
}
"""Results each kind of review can have."""
WITH_MEASURES = frozenset({Finding.Result.AFTER_CHANGES, Finding.Result.HIGH, Finding.Result.MEDIUM})
"""Results that make sense only with what must be changed or done."""


def find(
    case: int,
    step: str,
    acting: Acting,
    result: str,
    *,
    text: str = "",
    measures: str = "",
    paper: str = "",
    scan: StoredFile | None = None,
    expected: int | None = None,
) -> CaseStanding:
    """State what a legality review or risk assessment found, which ends its step.

    An unlawful draft does not pass. A risk, however high, refuses nothing by itself: the deciding body weighs it.

    Parameters
    ----------
    result
        One of the results of the step's kind.
    text
        What was examined, and why it was found so.
    measures
        Changes demanded, or measures against the risk.
    paper
        Number of the opinion.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If the step is no such review, the result none of its results, or measures are missing.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        kind = standing.plan.step(step).step.kind
        if kind not in RESULTS:
            raise ProcedureFault(_("此环节不是合法性审查或风险评估"), field="step", cure=_("请在相应环节填写"))
        act = "decide" if kind.judges else "complete"
        demand(acting, act, standing, step)
        if result not in RESULTS[kind]:
            raise ProcedureFault(_("请选择结论"), field="result", cure=_("按本环节的结论分类选择"))
        if result in WITH_MEASURES and not measures.strip():
            raise ProcedureFault(_("请写明修改意见或防范措施"), field="measures", cure=_("此结论须附意见或措施"))
        found = Finding.objects.create(
            case=standing.case, step=step, round=standing.case.round, kind=kind.value, result=result, text=text,
            measures=measures, paper=paper, scan=scan, found_on=clock.today(), body_id=body_of(acting),
        )  # fmt: skip
        words = "\n".join(part for part in (text, measures) if part)
        passed = result != Finding.Result.UNLAWFUL if kind.judges else None
        ending = EventKind.DECIDED if kind.judges else EventKind.COMPLETED
        event = Event(ending, found.found_on, step=step, passed=passed, paper=paper)
        return apply(standing, act, acting, event, words=words, finding=result)
