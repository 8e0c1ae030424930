"""The empty workbook of plans, with the lists one may choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence

from huancheng.platform.planning.workbooks.columns import COLUMNS, DAYS, KINDS, MOST_ROWS, SHEET, STATES, WHOLE_CITY

LISTS = "清单"
WIDTHS = {"title": 36, "jurisdiction": 20, "number": 24, "trigger": 40}


def plans_template(jurisdictions: Sequence[str]) -> bytes:
    """Return the template.

    Parameters
    ----------
    jurisdictions
        Names one may choose from.
    """
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    from huancheng.city.fixed_archive import undated_workbook

    workbook = Workbook()
    sheet, lists = workbook.worksheets[0], workbook.create_sheet(LISTS)
    sheet.title = SHEET
    sheet.append(list(COLUMNS.values()))
    sheet.freeze_panes = "C2"
    offered = {
        "kind": list(KINDS.values()),
        "jurisdiction": [WHOLE_CITY, *jurisdictions],
        "state": list(STATES.values()),
    }
    for place, field in enumerate(COLUMNS, start=1):
        letter = get_column_letter(place)
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[letter].width = WIDTHS.get(field, 16)
        if field in DAYS:
            for row in range(2, 202):
                sheet.cell(row, place).number_format = "yyyy-mm-dd"
    for place, (field, words) in enumerate(offered.items(), start=1):
        letter = get_column_letter(place)
        for row, word in enumerate(words, start=1):
            lists.cell(row, place, word)
        rule = DataValidation(type="list", formula1=f"{LISTS}!${letter}$1:${letter}${len(words)}", allow_blank=True)
        rule.showErrorMessage, rule.error = True, "请从列表中选择"
        sheet.add_data_validation(rule)
        column = get_column_letter(list(COLUMNS).index(field) + 1)
        rule.add(f"{column}2:{column}{MOST_ROWS + 1}")
    stream = io.BytesIO()
    workbook.save(stream)
    return undated_workbook(stream.getvalue())
