"""Writing the form of a unit plan: empty, or with what stands."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from huancheng.city.fixed_archive import undated_workbook
from huancheng.evidence import InputFault
from huancheng.planning.unit_form.columns import ABOUT, ABOUT_ROWS, FACILITIES, PARCELS, SHEETS, USES, Sheet
from huancheng.planning.unit_form.model import UnitForm

PERCENT, DECIMALS = 100.0, 9
"""What a share is multiplied by, and the digits kept: more would be noise."""

SHARES = frozenset({"coverage", "green"})
"""Columns of parcels that the form holds in per cent."""

ROWS = 500
"""Rows for which lists of choices are offered."""

_KIND_WORDS = {"text": "文字", "number": "数值", "whole": "整数", "choice": "选择"}
_GUIDE = (
    "单元规划表：填写谁也算不出来的内容——定位、规划指标、项目、设施布局、资金。现状数据由系统从城市快照计算，不在此填写。",
    "不知道的留空，系统按“缺”处理，不当作零，也不当作达标。不要合并单元格，不要改动表头。",
)


def write_form(
    path: Path,
    about: dict[str, str],
    facility_titles: Sequence[str],
    smart_kinds: Sequence[str] = (),
    filled: UnitForm | None = None,
) -> None:
    """Write the form; the same call gives the same bytes.

    Parameters
    ----------
    path
        File to write, ending in .xlsx.
    about
        What is known beforehand, by key (`unit`, `name`).
    facility_titles
        Types of facility that are measured, offered as choices.
    smart_kinds
        Kinds of smart works, offered as choices.
    filled
        What was filled in before: read back, the form says the same.

    Raises
    ------
    InputFault
        If a file is there already: what was filled in is never overwritten.
    """
    if path.exists():
        raise InputFault("a file of this name is already there", file=str(path), cure="choose another name")
    workbook = Workbook()
    guide = workbook.worksheets[0]
    guide.title = "填写说明"
    for line in _GUIDE:
        guide.append([line])
    guide.append([])
    guide.append(["表", "栏", "填什么", "必填", "说明"])
    for sheet in SHEETS:
        for item in sheet.fields:
            hint = item.hint or "、".join(item.choices)
            guide.append([sheet.title, item.title, _KIND_WORDS[item.kind], "是" if item.required else "", hint])
        offered = {"type": tuple(facility_titles), "smart": tuple(smart_kinds)} if sheet is FACILITIES else {}
        page = workbook.create_sheet(sheet.title)
        _sheet(page, sheet, offered)
        if filled is not None and sheet is not ABOUT:
            for row in getattr(filled, sheet.name):
                page.append([_cell(sheet, item.name, getattr(row, item.name)) for item in sheet.fields])
    for letter, width in zip("ABCDE", (14, 28, 8, 6, 60), strict=True):
        guide.column_dimensions[letter].width = width
    rows, says = workbook[ABOUT.title], about | (filled.about if filled is not None else {})
    for key, words in ABOUT_ROWS.items():
        rows.append([words, says.get(key)])
    _as_text(workbook)
    buffer = io.BytesIO()
    workbook.save(buffer)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(undated_workbook(buffer.getvalue()))


def _as_text(workbook: Workbook) -> None:
    """Keep words that begin with `=` words: a workbook would take them for a formula."""
    for page in workbook.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    cell.data_type = "s"


def _cell(sheet: Sheet, name: str, value: Any) -> Any:
    """Return a value as its cell holds it: uses in words, shares in per cent, names one after another."""
    if isinstance(value, tuple):
        return "、".join(value) or None
    if sheet is PARCELS and name == "use":
        return USES[value]
    if sheet is PARCELS and name in SHARES and value is not None:
        return round(value * PERCENT, DECIMALS)
    return None if value == "" else value


def _sheet(page: Worksheet, sheet: Sheet, offered: Mapping[str, tuple[str, ...]]) -> None:
    page.append([item.title for item in sheet.fields])
    for cell in page[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6EE")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for position, item in enumerate(sheet.fields, start=1):
        letter = get_column_letter(position)
        page.column_dimensions[letter].width = 40 if sheet is ABOUT else max(12, 2 * len(item.title) + 2)
        choices = offered.get(item.name, item.choices)
        if choices:
            rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
            rule.showErrorMessage = item.kind == "choice"
            page.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{ROWS}")
    page.freeze_panes = "B2"
