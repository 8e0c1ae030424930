"""The objections to a notice as a sheet, without who sent them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from huancheng.platform.casework.procedures.notices.models import Objection
from huancheng.report.writers.sheets import Sheet, SheetColumn


def objection_sheet(objections: Iterable[Objection]) -> Sheet:
    """Return one line for each objection; names and addresses stay in the register."""
    columns = (
        SheetColumn(_("序号"), 8), SheetColumn(_("收到日期"), 12), SheetColumn(_("来源"), 10),
        SheetColumn(_("意见"), 60),
        SheetColumn(_("处理结果"), 12), SheetColumn(_("答复"), 60), SheetColumn(_("答复日期"), 12),
    )  # fmt: skip
    rows = [
        [
            number, item.received_on.isoformat(), str(item.get_channel_display()), item.text,
            str(item.get_verdict_display()) if item.verdict else _("待答复"), item.answer,
            item.answered_on.isoformat() if item.answered_on else None,
        ]
        for number, item in enumerate(objections, start=1)
    ]  # fmt: skip
    return Sheet(_("意见处理情况"), columns, rows)
