"""Workbooks for people to keep: typed cells, a head that stays, and no cell that a program would run as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a text begins that some program would take for a formula."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Characters that no workbook may hold."""
LONGEST = 32_767
"""Characters that a cell may hold."""
WIDEST = 48


def workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]], total: Sequence[Any] = ()) -> bytes:
    """Return a workbook of one sheet.

    Parameters
    ----------
    title
        Name of the sheet; what a sheet's name may not hold is left out.
    head
        Titles of the columns.
    rows
        Values: texts, numbers, days, moments, None.
    total
        A last row in bold; none if empty.
    """
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31] or "1")
    sheet.freeze_panes = "B2"
    kept = [[_plain(value) for value in row] for row in rows]
    for index, words in enumerate(head, start=1):
        shown = [words, *(row[index - 1] for row in kept[:200])]
        sheet.column_dimensions[get_column_letter(index)].width = min(WIDEST, max(8, *map(_width, shown)))
    sheet.append([_cell(sheet, words, bold=True) for words in head])
    for row in kept:
        sheet.append([_cell(sheet, value) for value in row])
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(head)))}{len(kept) + 1}"
    if total:
        sheet.append([_cell(sheet, _plain(value), bold=True) for value in total])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def download(name: str, content: bytes) -> HttpResponse:
    """Return a workbook as something to save, under a name that may be Chinese."""
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = f"attachment; filename=\"table.xlsx\"; filename*=UTF-8''{quote(name)}.xlsx"
    answer["Cache-Control"] = "no-store"
    return answer


def _plain(value: Any) -> str | float | Decimal | date | None:
    """Return a value as a workbook can hold it: moments in the city's time, everything unknown to it as text."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return local.replace(tzinfo=None, microsecond=0)
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    return CONTROL.sub("", str(value))[:LONGEST]


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(RISKY)
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > WIDEST)
    elif isinstance(value, datetime):
        cell.number_format = "yyyy-mm-dd hh:mm"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        cell.number_format = "#,##0" if isinstance(value, int) else "#,##0.00##"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _width(value: Any) -> int:
    """Return about how many columns a value takes; a Chinese character takes two."""
    text = "" if value is None else str(value)[:WIDEST]
    return 2 + sum(1 if ord(character) < 0x2E80 else 2 for character in text)  # noqa: PLR2004 - where CJK begins
