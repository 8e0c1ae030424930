"""Writing workbooks: the template with its lists, and people as they are."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from huancheng.city.fixed_archive import undated_workbook
from huancheng.platform.bodies.workbooks.columns import COLUMNS, DAYS, LISTS, MOST_ROWS, SHEET

WIDTHS = {"username": 20, "email": 26, "body": 30, "title": 20}


def people_workbook(rows: Iterable[Sequence[str]], bodies: Sequence[str], roles: Sequence[str]) -> bytes:
    """Return a workbook with rows, and lists to choose bodies and roles from; without rows, it is the template.

    Parameters
    ----------
    rows
        Cells in the order of `COLUMNS`.
    bodies, roles
        What the lists offer.
    """
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = SHEET
    sheet.append(list(COLUMNS.values()))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="DDE6EE")
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            _write(sheet, number, column, value)
    for column, field in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = WIDTHS.get(field, 14)
        if field in DAYS or field == "phone":
            for number in range(2, 202):
                sheet.cell(number, column).number_format = "@"
    sheet.freeze_panes = "C2"
    lists = workbook.create_sheet(LISTS)
    for column, names in enumerate((bodies, roles), start=1):
        for number, name in enumerate(names, start=1):
            _write(lists, number, column, name)
        lists.column_dimensions[get_column_letter(column)].width = 34
    _choose(sheet, "body", f"={LISTS}!$A$1:$A${max(1, len(bodies))}")
    _choose(sheet, "role", f"={LISTS}!$B$1:$B${max(1, len(roles))}")
    buffer = io.BytesIO()
    workbook.save(buffer)
    return undated_workbook(buffer.getvalue())


def _write(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write text as text: what begins with = is no formula here."""
    cell = sheet.cell(row, column, text)
    if cell.data_type == "f":
        cell.data_type = "s"


def _choose(sheet: Worksheet, field: str, source: str) -> None:
    """Offer a list in a column and refuse what is not on it."""
    rule = DataValidation(type="list", formula1=source.removeprefix("="), allow_blank=True, showErrorMessage=True)
    rule.error = "请从列表中选择"
    sheet.add_data_validation(rule)
    letter = get_column_letter(list(COLUMNS).index(field) + 1)
    rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
