"""办理情况: the whole case on a page."""

from __future__ import annotations

from huancheng.platform.casework.documents.dossier import OUTCOMES, Dossier
from huancheng.platform.casework.documents.form import Cell, Form, Grid, Line, Row, labelled, printed
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import CaseStatus, StepState

STATES = {
    CaseStatus.OPEN: "办理中",
    CaseStatus.FINISHED: "已办结",
    CaseStatus.REFUSED: "未通过",
    CaseStatus.WITHDRAWN: "已撤回",
}


def summary(dossier: Dossier) -> Form:
    """Return the summary of a case."""
    case = dossier.case
    papers = case.papers.count()
    facts = (
        Row((*labelled("案卷号", case.number), *labelled("状态", STATES[dossier.standing.state.status])), 9),
        Row(labelled("题名", case.title, 3), 11),
        Row((*labelled("发起单位", case.opened_by.name), *labelled("发起日期", printed(case.opened_on))), 9),
        Row((*labelled("办理轮次", f"第{case.round}轮"), *labelled("附件", f"{papers}件")), 9),
    )
    head = Row(tuple(Cell(words, label=True) for words in ("环节", "办理单位", "时限", "办结", "结果")), 8)
    rows = tuple(_step(dossier, planned, state) for planned, state in dossier.steps)
    return Form(
        "办理情况", case.opened_by.name, dossier.day,
        (
            Grid((16, 34, 16, 34), facts), Line("", small=True), Grid((13, 29, 17, 17, 24), (head, *rows)),
            Line(f"截至{printed(dossier.day)}。时限按工作日历计算，补正期间不计；补录的环节不计入及时率。", small=True),
        ),
    )  # fmt: skip


def _step(dossier: Dossier, planned: PlannedStep, state: StepState) -> Row:
    due = dossier.standing.interpreter.due(dossier.standing.state, planned.step.id)
    limit = (due.day.isoformat() + ("（暂）" if due.provisional else "")) if due else "–"
    return Row(
        (
            Cell(planned.step.kind.official, place="center"), Cell(dossier.body_of(planned)),
            Cell(limit, place="center"),
            Cell(state.ended_on.isoformat() if state.ended_on else "", place="center"),
            Cell(OUTCOMES[state.status] + ("（补录）" if state.back_entered else ""), place="center"),
        ),
        8,
    )  # fmt: skip
