"""呈批表: what is asked, the way so far, every opinion, and room for the seals still to come."""

from __future__ import annotations

from huancheng.platform.casework.documents.dossier import OUTCOMES, Dossier
from huancheng.platform.casework.documents.form import Cell, Form, Grid, Line, Row, blank_date, labelled, printed
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.plan import PlannedStep
from huancheng.policy.routes.state import StepState

_OPINIONS = "二、各环节意见（空白处由有权机关签署并盖章；电子意见以案卷记录为准）"
_SEALED = f"（签字、盖章）\n{blank_date()}"


def approval_form(dossier: Dossier) -> Form:
    """Return the approval form of a case."""
    case = dossier.case
    facts = (
        Row((*labelled("案卷号", case.number), *labelled("文种", dossier.instrument)), 10),
        Row(labelled("题名", case.title, 3), 12),
        Row((*labelled("申报单位", case.opened_by.name), *labelled("辖区", dossier.jurisdiction)), 10),
        Row((*labelled("受理日期", printed(case.opened_on)), *labelled("办理轮次", f"第{case.round}轮")), 10),
        Row(labelled("依据", _basis(dossier), 3), 10),
    )
    opinions = tuple(_opinion(dossier, planned, state) for planned, state in dossier.steps if planned.step.kind.judges)
    return Form(
        f"{dossier.instrument}呈批表", case.opened_by.name, dossier.day,
        (
            Grid((16, 34, 16, 34), facts), Line("一、办理经过", small=True), _way(dossier),
            Line(_OPINIONS, small=True), Grid((20, 80), opinions)
        ),
    )  # fmt: skip


def _basis(dossier: Dossier) -> str:
    """Return the clauses the route rests on, as far as the pack names them."""
    route = dossier.standing.plan.route
    citations = [dossier.standing.book.citations.citation(name) for name in route.cites]
    words = [f"{item.source}{item.clause}" for item in citations]
    return "；".join(dict.fromkeys(words)) or route.title


def _way(dossier: Dossier) -> Grid:
    head = Row(tuple(Cell(words, label=True) for words in ("环节", "办理单位", "起止", "结果", "文号")), 9)
    rows = [
        Row(
            (
                Cell(planned.step.kind.official, place="center"), Cell(dossier.body_of(planned)),
                Cell(_span(state), place="center"),
                Cell(OUTCOMES[state.status] + ("（补录）" if state.back_entered else ""), place="center"),
                Cell(state.paper),
            ),
            9,
        )
        for planned, state in dossier.steps
    ]  # fmt: skip
    return Grid((13, 30, 18, 15, 24), (head, *rows))


def _span(state: StepState) -> str:
    return "\n".join(day.isoformat() for day in (state.ready_on, state.ended_on) if day)


def _opinion(dossier: Dossier, planned: PlannedStep, state: StepState) -> Row:
    name = f"{planned.step.kind.official}\n{dossier.body_of(planned)}"
    if not state.status.is_over:
        height = 34 if planned.step.kind in (StepKind.APPROVE, StepKind.DELIBERATE) else 28
        return Row((Cell(name, label=True), Cell("", foot=_SEALED)), height)
    said = [OUTCOMES[state.status], dossier.vote_of(planned.step.id), dossier.opinion_of(planned.step.id)]
    text = "\n".join(words for words in said if words)
    foot = "　".join(words for words in (state.paper, printed(state.ended_on)) if words)
    return Row((Cell(name, label=True), Cell(text, foot=f"（盖章）\n{foot}")), 26)
