"""Reading a workbook of plans: every row is judged, each fault names its row, field and cure."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from string import ascii_uppercase
from typing import BinaryIO

from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.files.domain.safe_xlsx import Cell, SafeSheet, WorkbookLimits, open_workbook
from huancheng.platform.planning.domain.register import PlanData, check
from huancheng.platform.planning.workbooks.columns import COLUMNS, DAYS, KINDS, MOST_ROWS, SHEET, STATES, WHOLE_CITY

DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
"""How people type a day."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in a row.

    Parameters
    ----------
    row
        Its number in the sheet.
    field
        Title of the column.
    message, cure
        What is wrong, and what to do.
    """

    row: int
    field: str
    message: str
    cure: str


def read_plans(source: BinaryIO) -> tuple[list[tuple[int, PlanData]], list[RowFault]]:
    """Return the good rows with their numbers, and what is wrong in the others.

    Raises
    ------
    InputFault
        If it is no workbook, not the template, or empty.
    """
    sheet = open_workbook(source, WorkbookLimits(rows=MOST_ROWS)).sheet(SHEET)
    if sheet is None:
        raise InputFault(_("没有名为“%s”的工作表") % SHEET, field="file", cure=_("请使用下载的模板"))
    places = _places(sheet)
    good: list[tuple[int, PlanData]] = []
    faults: list[RowFault] = []
    computed = {int(formula.cell.lstrip(ascii_uppercase)) for formula in sheet.formulas}
    for number, cells in sheet.rows[1:]:
        try:
            _demand_plain(number, computed)
            good.append((number, _plan({field: _at(cells, place) for field, place in places.items()})))
        except InputFault as fault:
            faults.append(RowFault(number, COLUMNS.get(fault.field, ""), fault.message, fault.cure))
    if not good and not faults:
        raise InputFault(_("表中没有规划"), field="file", cure=_("从第二行起，每行填写一个规划"))
    return good, faults


def _demand_plain(number: int, computed: set[int]) -> None:
    if number in computed:
        raise InputFault(_("这一行有公式"), field="title", cure=_("请粘贴为数值"))


def _places(sheet: SafeSheet) -> dict[str, int]:
    head = [str(cell or "").strip() for cell in sheet.rows[0][1]] if sheet.rows else []
    if missing := [title for title in COLUMNS.values() if title not in head]:
        raise InputFault(_("第一行缺少列：%s") % "、".join(missing), field="file", cure=_("请使用下载的模板，勿改表头"))
    return {field: head.index(title) for field, title in COLUMNS.items()}


def _at(cells: tuple[Cell, ...], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _plan(cells: dict[str, Cell]) -> PlanData:
    title = _text(cells["title"])
    if not title:
        raise InputFault(_("没有填名称"), field="title", cure=_("请填写规划名称"))
    data = PlanData(
        kind=_choice(cells["kind"], KINDS, "kind"),
        title=title[:200],
        jurisdiction=_jurisdiction(_text(cells["jurisdiction"])),
        state=_choice(cells["state"], STATES, "state"),
        number=_text(cells["number"])[:80],
        trigger=_text(cells["trigger"])[:400],
        **{name: _day(cells[name], name) for name in DAYS},
    )
    check(data)
    return data


def _choice(cell: Cell, words: dict[str, str], field: str) -> str:
    said = _text(cell)
    found = next((value for value, title in words.items() if title == said), None)
    if found is None:
        raise InputFault(
            _("“%(said)s”不在%(column)s的选项中") % {"said": said, "column": COLUMNS[field]},
            field=field, cure=_("请填：%s") % "、".join(words.values()),
        )  # fmt: skip
    return found


def _jurisdiction(said: str) -> str:
    if said in {"", WHOLE_CITY}:
        return ""
    found = next((item.id for item in current_book().jurisdictions if said in {item.title, *item.aliases}), None)
    if found is None:
        raise InputFault(_("没有叫“%s”的辖区") % said, field="jurisdiction", cure=_("请照辖区名单填写，全市的留空"))
    return found


def _day(cell: Cell, field: str) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    said = _text(cell)
    if not said:
        return None
    typed = DAY.fullmatch(said)
    with suppress(ValueError):  # as 2026-02-30: told below as any other text that is no day
        if typed is not None:
            return date(*(int(part) for part in typed.groups()))
    raise InputFault(_("“%s”不是日期") % said, field=field, cure=_("请填成 2026-11-22 的样子"))


def _text(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()
