"""意见单: a sheet for each body asked and each expert drawn, filled in as far as they have answered."""

from __future__ import annotations

from datetime import date

from huancheng.platform.casework.documents.dossier import Dossier
from huancheng.platform.casework.documents.form import (
    Block,
    Cell,
    Form,
    Grid,
    Line,
    NewPage,
    Row,
    blank_date,
    labelled,
    printed,
)
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.procedures.consultation.models import OpinionRequest
from huancheng.platform.casework.procedures.experts.models import PanelSeat

_SEAL = f"（签字、盖章）\n{blank_date()}"
_CHOICES = "□同意　□同意但有意见　□不同意　□无意见"
_VERDICTS = "□赞成　□修改后赞成　□反对"


def opinion_sheets(dossier: Dossier) -> Form:
    """Return the sheets of a case, one a page; a blank one where nobody was asked yet."""
    sheets = [*_of_bodies(dossier), *_of_experts(dossier)] or [_sheet(dossier, "", "", "", "", choices=_CHOICES)]
    blocks: list[Block] = []
    for sheet in sheets:
        blocks += [NewPage(), *sheet] if blocks else sheet
    return Form("征求意见单", dossier.case.opened_by.name, dossier.day, tuple(blocks))


def _of_bodies(dossier: Dossier) -> list[tuple[Block, ...]]:
    asked = (
        OpinionRequest.objects.filter(case=dossier.case, round=dossier.case.round)
        .exclude(status=OpinionRequest.Status.CANCELLED)
        .select_related("body", "asked_by")
        .prefetch_related("answers")
    )
    sheets = []
    for request in asked:
        answer = next((item for item in reversed(list(request.answers.all())) if not item.late), None)
        said = f"{answer.get_opinion_display()}\n{answer.text}".strip() if answer else ""
        foot = _signed(answer.paper, answer.day) if answer else _SEAL
        due, asker = printed(request.due_on), request.asked_by.name
        sheets.append(
            _sheet(dossier, request.body.name, request.matter, due, said, asker=asker, foot=foot, choices=_CHOICES)
        )
    return sheets


def _of_experts(dossier: Dossier) -> list[tuple[Block, ...]]:
    seats = (
        PanelSeat.objects.filter(panel__case=dossier.case, panel__round=dossier.case.round)
        .exclude(status=PanelSeat.Status.DECLINED)
        .select_related("panel", "expert__person", "opinion")
    )
    sheets = []
    for seat in seats:
        opinion = getattr(seat, "opinion", None)
        said = f"{opinion.get_verdict_display()}\n{opinion.text}".strip() if opinion else ""
        foot = _signed(opinion.paper, opinion.day) if opinion else _SEAL
        name, due = f"专家 {seat.expert}", printed(seat.panel.due_on)
        sheets.append(_sheet(dossier, name, "专家论证", due, said, foot=foot, choices=_VERDICTS))
    return sheets


def _signed(paper: str, day: date) -> str:
    return "　".join(words for words in (paper, printed(day)) if words)


def _sheet(
    dossier: Dossier, asked: str, matter: str, due: str, said: str, *, choices: str, asker: str = "", foot: str = _SEAL
) -> tuple[Block, ...]:
    case: Case = dossier.case
    grid = Grid(
        (20, 80),
        (
            Row(labelled("案卷号", case.number), 10),
            Row(labelled("事项", case.title), 12),
            Row(labelled("征询单位", asker or case.opened_by.name), 10),
            Row(labelled("被征询方", asked), 10),
            Row(labelled("征询内容", matter), 20),
            Row(labelled("答复期限", due), 10),
            Row(labelled("结论", said.partition("\n")[0] or choices), 12),
            Row((Cell("意见", label=True), Cell(said.partition("\n")[2], foot=foot)), 100),
        ),
    )
    return (grid, Line("请对照所附材料填写；可另附页。书面答复与在案卷中答复效力相同。", small=True))
