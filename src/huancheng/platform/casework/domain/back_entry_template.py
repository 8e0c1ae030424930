"""The empty workbook for back-entry: heads, lists to choose from, an example, and how to fill it in."""

from __future__ import annotations

import io
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from huancheng.city.fixed_archive import undated_workbook
from huancheng.platform.casework.domain.back_entry_layout import SHEET, Column, columns_of
from huancheng.policy.book import PolicyBook

NOTES, LISTS = "填写说明", "选项"
LAST_ROW = 2000
"""Rows for which lists are offered."""
REQUIRED = PatternFill("solid", fgColor="FFE4EFF0")


def template(book: PolicyBook, instrument: str) -> bytes:
    """Return the workbook for an instrument; the same pack gives the same bytes."""
    columns = columns_of(book, instrument)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    sheet = workbook.create_sheet(SHEET)
    sheet.freeze_panes = "E2"
    lists = workbook.create_sheet(LISTS)
    for place, column in enumerate(columns, start=1):
        _head(sheet, place, column)
        if column.choices:
            _offer(sheet, lists, place, column)
    _notes(workbook.create_sheet(NOTES, 1), columns)
    lists.sheet_state = "hidden"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return undated_workbook(buffer.getvalue())


def _head(sheet: Any, place: int, column: Column) -> None:
    cell = sheet.cell(1, place, column.title)
    cell.font = Font(name="黑体", size=10.5, bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
    if column.required:
        cell.fill = REQUIRED
    sheet.column_dimensions[get_column_letter(place)].width = max(12, min(28, 2 * len(column.title)))
    if column.example:
        sheet.cell(2, place, column.example)


def _offer(sheet: Any, lists: Any, place: int, column: Column) -> None:
    """Offer a list; it lies on its own sheet, since Excel takes no long list in place."""
    letter = get_column_letter(place)
    for row, choice in enumerate(column.choices, start=1):
        lists.cell(row, place, choice)
    offered = DataValidation(
        type="list", formula1=f"{LISTS}!${letter}$1:${letter}${len(column.choices)}", allow_blank=True
    )
    sheet.add_data_validation(offered)
    offered.add(f"{letter}2:{letter}{LAST_ROW}")


def _notes(sheet: Any, columns: tuple[Column, ...]) -> None:
    sheet.append([_("列"), _("必填"), _("怎么填"), _("可填的值")])
    for column in columns:
        choices = "、".join(column.choices)
        sheet.append([column.title, _("是") if column.required else "", column.note, choices])
    for letter, width in zip("ABCD", (28, 8, 44, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    for cell in sheet[1]:
        cell.font = Font(name="黑体", size=10.5, bold=True)
