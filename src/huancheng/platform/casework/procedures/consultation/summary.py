"""The opinions of a step as a sheet."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from huancheng.platform.casework.procedures.consultation.models import OpinionAnswer, OpinionRequest
from huancheng.report.writers.sheets import Cell, Sheet, SheetColumn


def opinion_sheet(requests: Iterable[OpinionRequest]) -> Sheet:
    """Return one line for each answer, and one for each body that gave none."""
    columns = (
        SheetColumn(_("轮次"), 8), SheetColumn(_("单位"), 28), SheetColumn(_("征询日期"), 12),
        SheetColumn(_("答复期限"), 12), SheetColumn(_("状态"), 22), SheetColumn(_("意见"), 14),
        SheetColumn(_("具体意见"), 60), SheetColumn(_("来文号"), 24), SheetColumn(_("答复日期"), 12),
        SheetColumn(_("登记单位"), 24), SheetColumn(_("逾期后收到"), 12),
    )  # fmt: skip
    return Sheet(_("意见汇总"), columns, [row for item in requests for row in _rows(item)])


def _rows(request: OpinionRequest) -> list[list[Cell]]:
    head: list[Cell] = [
        request.round, request.body.name, request.asked_on.isoformat(),
        request.due_on.isoformat() if request.due_on else None, str(request.get_status_display()),
    ]  # fmt: skip
    answers = [head + _cells(answer) for answer in request.answers.all()]
    return answers or [[*head, None, None, None, None, None, None]]


def _cells(answer: OpinionAnswer) -> list[Cell]:
    return [
        str(answer.get_opinion_display()), answer.text, answer.paper, answer.day.isoformat(), answer.entered_by.name,
        _("是") if answer.late else None,
    ]  # fmt: skip
