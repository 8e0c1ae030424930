"""A list of cases as a workbook: the same lines as on the page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from huancheng.platform.casework.queries.rows import Row
from huancheng.platform.common import clock
from huancheng.report.writers.sheets import Cell, Sheet, SheetColumn


def write_cases(path: Path, rows: Iterable[Row]) -> None:
    """Write cases into a workbook; the same cases on the same day give the same bytes."""
    from huancheng.report.writers.workbook import write_workbook

    columns = (
        SheetColumn(_("案号"), 16), SheetColumn(_("标题"), 48), SheetColumn(_("文种"), 24), SheetColumn(_("辖区"), 16),
        SheetColumn(_("状态"), 10), SheetColumn(_("环节"), 14), SheetColumn(_("等待单位"), 28),
        SheetColumn(_("期限状态"), 12), SheetColumn(_("期限"), 12), SheetColumn(_("发起日期"), 12),
        SheetColumn(_("补录"), 8),
    )  # fmt: skip
    sheet = Sheet(_("案卷"), columns, [_cells(row) for row in rows], styled=False)
    write_workbook(path, [sheet], title=_("案卷"), author=_("焕城"), dated=clock.today().isoformat())


def _cells(row: Row) -> list[Cell]:
    return [
        row.case.number, row.case.title, row.instrument, row.jurisdiction, row.status_word, row.kind, row.body,
        row.light_words, row.due_on.isoformat() if row.due_on else None, row.case.opened_on.isoformat(),
        _("补录") if row.case.back_entered else None,
    ]  # fmt: skip
