"""Chapters of the problem list and the action list, as stored."""

from __future__ import annotations

import pandas as pd

from huancheng.report.checkup.cells import place_text, reason_text
from huancheng.report.checkup.material import Material
from huancheng.report.document import Align, Block, Column, Heading, Paragraph, Table, Text, text
from huancheng.report.numerals import badge, format_amount, format_number
from huancheng.report.results import SystemResults, number, words

_PLACES = 3
MOST_ROWS = 120
"""Rows of a list printed in the body; the workbook holds all of them, and the note says so."""


def problem_chapter(material: Material) -> list[Block]:
    """Return the chapter of the problem list."""
    blocks: list[Block] = [
        Heading(1, "问题清单"),
        Paragraph(
            text(
                "问题按数据包中的判定规则逐项生成，每条均载明判定理由。正文列全市层面的问题，分街道、社区、小区的问题见附件。"
            )
        ),
    ]
    for item in material.systems:
        blocks += [Heading(2, f"{item.year} 年指标体系"), *_counts(item), problem_table(item)]
    return blocks


def action_chapter(material: Material) -> list[Block]:
    """Return the chapter of the action list."""
    blocks: list[Block] = [
        Heading(1, "整治建议清单"),
        Paragraph(
            text(
                "建议由问题逐条对应生成，是下一步划定更新单元、策划更新项目的依据；措施、类型与责任单位为默认建议，由专班办公室核定。"
            )
        ),
    ]
    for item in material.systems:
        blocks += [Heading(2, f"{item.year} 年指标体系"), action_table(item)]
    return blocks


def _counts(item: SystemResults) -> list[Block]:
    whole = item.problems[item.problems["scope_kind"] == "city"]
    if whole.empty:
        return [Paragraph(text("没有列入问题清单的指标。"))]
    groups = whole["group"].value_counts()
    parts = [f"{group} {int(groups[group])} 条" for group in item.groups if group in groups]
    return [Paragraph(text(f"全市层面共列入问题 {len(whole)} 条，其中{'，'.join(parts)}。"))]


def problem_table(item: SystemResults) -> Table:
    """Return the problems of the whole city as a table."""
    rows, note = _first(item.problems)
    cells = tuple(
        (
            text(str(position)), text(words(row.indicator_name)), text(words(row.problem)), _amount(row),
            place_text(row),
            text(reason_text(words(row.reason))),
        )
        for position, row in enumerate(rows.rename(columns={"count": "amount"}).itertuples(), start=1)
    )  # fmt: skip
    columns = (
        Column("序号", 0.9, Align.CENTRE), Column("指标", 2.4), Column("问题", 3.2), Column("数量", 1.4, Align.RIGHT),
        Column("范围", 1.3), Column("判定理由", 3.2),
    )  # fmt: skip
    return Table(f"{item.year} 年指标体系问题清单", columns, cells, note, small=True)


def action_table(item: SystemResults) -> Table:
    """Return the actions as a table: one for each problem of the whole city."""
    shown = item.actions.head(MOST_ROWS)
    cells = tuple(
        (
            text(str(position)), text(words(row.problem)), text(words(row.result)),
            text(words(row.action), badge(words(row.certainty))), text(words(row.action_type)),
            text(words(row.responsible)),
            text(_shortened(words(row.area))),
        )
        for position, row in enumerate(shown.itertuples(), start=1)
    )  # fmt: skip
    columns = (
        Column("序号", 0.9, Align.CENTRE), Column("问题", 2.2), Column("结果", 1.2, Align.RIGHT),
        Column("整治建议", 3.2),
        Column("类型", 1, Align.CENTRE), Column("责任单位", 1.7), Column("涉及范围", 2),
    )  # fmt: skip
    rest = len(item.actions) - len(shown)
    note = f"共 {len(item.actions):,} 条" + (
        f"，其余 {rest:,} 条见附件表格文件。" if rest else "，全部列出；完整的涉及范围见附件表格文件。"
    )
    return Table(f"{item.year} 年指标体系整治建议清单", columns, cells, text(note), small=True)


def _shortened(areas: str) -> str:
    """Return the first places of a long list and how many more there are."""
    places = areas.split("；")
    return areas if len(places) <= _PLACES else f"{'；'.join(places[:_PLACES])}等 {len(places)} 处"


def _first(frame: pd.DataFrame) -> tuple[pd.DataFrame, Text]:
    whole = frame[frame["scope_kind"] == "city"]
    shown = whole.head(MOST_ROWS)
    if len(frame) == len(shown):
        return shown, text(f"共 {len(frame):,} 条，全部列出。")
    return shown, text(
        f"共 {len(frame):,} 条，本表列全市层面 {len(shown)} 条，其余 {len(frame) - len(shown):,} 条见附件表格文件。"
    )


def _amount(row: object) -> Text:
    count, unit = number(getattr(row, "amount", None)), words(getattr(row, "unit", ""))
    return text(format_amount(count, unit) if unit else format_number(count) if count is not None else "—")
