"""备案回执: that a case was filed, under which number and when."""

from __future__ import annotations

from huancheng.platform.casework.documents.dossier import Dossier
from huancheng.platform.casework.documents.form import Form, Grid, Line, Row, labelled, printed
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import StepState, StepStatus


def filed_step(standing: CaseStanding) -> tuple[PlannedStep, StepState] | None:
    """Return the filing that is done; None where the route has none or it is not done."""
    found = [
        (planned, standing.step(planned.step.id))
        for planned in standing.plan.steps
        if planned.step.kind is StepKind.FILE and standing.step(planned.step.id).status is StepStatus.DONE
    ]
    return found[-1] if found else None


def filing_receipt(dossier: Dossier) -> Form:
    """Return the receipt for a filing.

    Raises
    ------
    ValueError
        If nothing was filed.
    """
    filed = filed_step(dossier.standing)
    if filed is None:
        raise ValueError("nothing was filed")
    planned, state = filed
    case, office, sender = dossier.case, dossier.body_of(planned), dossier.sender_of(planned)
    grid = Grid(
        (20, 80),
        (
            Row(labelled("备案号", state.paper or "（未登记）"), 12),
            Row(labelled("备案日期", printed(state.ended_on)), 12),
            Row(labelled("案卷号", case.number), 12),
            Row(labelled("备案事项", case.title), 14),
            Row(labelled("报送单位", sender), 12),
        ),
    )
    return Form(
        "备案回执", office, state.ended_on or dossier.day,
        (
            Line(f"{sender}："),
            Line(f"你单位报送的《{case.title}》备案材料收悉。经核，材料齐全，予以备案。", indent=True),
            grid,
            Line("本回执仅证明上述事项已经备案，不替代依法应当办理的其他审批手续。", small=True),
            Line(""),
            Line(f"{office}（盖章）", place="right"),
            Line(printed(state.ended_on), place="right"),
        ),
    )  # fmt: skip
