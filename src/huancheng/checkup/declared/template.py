"""The template bureaus fill in: one row for each indicator, with lists to choose from."""

from __future__ import annotations

import io
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from huancheng.checkup.declared.columns import COLUMNS, ORIGINS, SHEET, STATES
from huancheng.checkup.system.indicator import IndicatorSystem
from huancheng.city.fixed_archive import undated_workbook
from huancheng.evidence import InputFault

_WIDTHS = {"name": 44, "origin": 26, "source": 28, "bureau": 22, "note": 36, "group": 16, "indicator": 14}

_GUIDE = (
    "一、每个指标一行，请勿合并单元格、增删列或改动指标编号、名称、单位。",
    "二、“状态”从列表中选：已知、缺失、不适用。零是已知的数值，不是缺失。",
    "三、状态为“已知”时，“数值”填数字（不带单位、不带百分号），并填数据日期、数据来源和填报单位。",
    "四、状态为“缺失”或“不适用”时，“数值”留空，并在备注中写明原因。",
    "五、未填状态的行视为未申报，由系统按现有数据计算或列为缺失。",
    "六、“取得方式”为“可由数据计算”的指标，以系统计算值为准，申报值供核对。",
)


def write_template(system: IndicatorSystem, path: Path) -> None:
    """Write the template of a system; the same system gives the same bytes.

    Parameters
    ----------
    system
        Indicator system.
    path
        File to write.

    Raises
    ------
    InputFault
        If the file can't be written.
    """
    workbook = Workbook()
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):
        message = "a new workbook has a sheet"
        raise TypeError(message)
    sheet.title = SHEET
    _fill(sheet, system)
    _restrict(sheet, len(system.indicators))
    guide = workbook.create_sheet("填写说明")
    guide.column_dimensions["A"].width = 100
    for text in (system.title, *_GUIDE):
        guide.append([text])
    buffer = io.BytesIO()
    workbook.save(buffer)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(undated_workbook(buffer.getvalue()))
    except OSError as error:
        raise InputFault(
            f"the template can't be written: {error.strerror}", file=str(path), cure="choose another path"
        ) from error


def _fill(sheet: Worksheet, system: IndicatorSystem) -> None:
    sheet.append(list(COLUMNS.values()))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6EE")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for item in system.indicators:
        row = {
            "number": item.number, "indicator": item.id, "group": item.group, "name": item.name, "unit": item.unit,
            "origin": ORIGINS[item.computable], "bureau": item.owner,
        }  # fmt: skip
        sheet.append([row.get(field) for field in COLUMNS])
    for position, field in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(position)].width = _WIDTHS.get(field, 12)
    sheet.freeze_panes = "E2"


def _restrict(sheet: Worksheet, rows: int) -> None:
    """Offer a list for the state and refuse text where a number or a day is meant."""
    letters = {field: get_column_letter(position) for position, field in enumerate(COLUMNS, start=1)}
    state = DataValidation(type="list", formula1=f'"{",".join(STATES)}"', allow_blank=True)
    state.error = "请从列表中选择：已知、缺失、不适用"
    amount = DataValidation(type="decimal", operator="between", formula1="-1000000000000", formula2="1000000000000")
    amount.error = "请填数字，不带单位和百分号"
    day = DataValidation(type="date", operator="greaterThan", formula1="36526")
    day.error = "请填日期，如 2024-12-31"
    for field, rule in (("state", state), ("amount", amount), ("as_of", day)):
        rule.showErrorMessage = True
        sheet.add_data_validation(rule)
        rule.add(f"{letters[field]}2:{letters[field]}{rows + 1}")
    for row in range(2, rows + 2):
        sheet[f"{letters['as_of']}{row}"].number_format = "yyyy-mm-dd"
