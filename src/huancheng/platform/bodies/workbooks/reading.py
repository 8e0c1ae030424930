"""Reading a workbook of people: nothing is computed, and nothing larger than it should be is unpacked."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from huancheng.platform.bodies.domain.faults import Refused
from huancheng.platform.bodies.workbooks.columns import COLUMNS, MOST_ROWS, SHEET

LARGEST = 2 * 1024 * 1024
LARGEST_UNPACKED = 40 * 1024 * 1024
FORMULA = "f"
"""How openpyxl marks a cell that is computed."""


def read_rows(content: bytes) -> list[tuple[int, dict[str, str], str]]:
    """Return the rows that hold something: number, cells by field, and the field that holds a formula (or empty).

    Parameters
    ----------
    content
        The file.

    Raises
    ------
    Refused
        If it is no workbook, too large, or not the template.
    """
    sheet = _sheet(content)
    rows = sheet.iter_rows()
    header = [str(cell.value or "").strip() for cell in next(rows, ())]
    if missing := [title for title in COLUMNS.values() if title not in header]:
        raise Refused(
            _("第一行缺少列：{columns}").format(columns="、".join(missing)),
            field="file",
            cure=_("使用下载的模板，勿改表头"),
        )
    positions = {field: header.index(title) for field, title in COLUMNS.items()}
    found = list(_filled(rows, positions))
    if not found:
        raise Refused(_("表中没有人员"), field="file", cure=_("从第二行起，每行填写一人一岗"))
    return found


def _sheet(content: bytes) -> Any:
    cure = _("使用下载的模板，另存为 xlsx")
    if len(content) > LARGEST:
        raise Refused(_("文件超过 2 MB"), field="file", cure=_("分成几份导入"))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
            if size > LARGEST_UNPACKED:
                raise Refused(_("文件解压后过大"), field="file", cure=cure)
            if any(b"<!DOCTYPE" in archive.read(entry) for entry in archive.infolist()):
                raise Refused(_("文件带有外部定义"), field="file", cure=cure)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(content), keep_links=False)
    except (
        zipfile.BadZipFile, InvalidFileException, DefusedXmlException, KeyError, ValueError, TypeError, OSError,
        NotImplementedError, SyntaxError,
    ) as error:  # fmt: skip
        raise Refused(_("文件不是可读取的 xlsx"), field="file", cure=cure) from error
    if SHEET not in workbook.sheetnames:
        raise Refused(_("没有名为“{sheet}”的工作表").format(sheet=SHEET), field="file", cure=cure)
    sheet = workbook[SHEET]
    if not hasattr(sheet, "iter_rows") or sheet.max_row > MOST_ROWS + 1:
        raise Refused(_("超过 {most} 行").format(most=MOST_ROWS), field="file", cure=_("分成几份导入"))
    return sheet


def _filled(rows: Iterator[Any], positions: dict[str, int]) -> Iterator[tuple[int, dict[str, str], str]]:
    for number, cells in enumerate(rows, start=2):
        row, formula = {}, ""
        for field, position in positions.items():
            cell = cells[position]
            row[field] = _text(cell.value)
            if cell.data_type == FORMULA:
                formula = field
        if any(row.values()):
            yield number, row, formula


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
