"""Economic analysis and funding sources; parcels and projects in sequence."""

from __future__ import annotations

from huancheng.planning.unit_plan import UnitPlan
from huancheng.planning.unit_plan.economics import COST, INCOME, SOURCE, shares_of_sources
from huancheng.report.document import Align, Block, Column, Heading, Note, Paragraph, Table, text
from huancheng.report.numerals import format_number, format_share
from huancheng.report.plan_cells import bare, figure


def money_chapter(plan: UnitPlan) -> list[Block]:
    """Return both chapters."""
    return [Heading(1, "经济分析及资金来源安排"), *_money(plan), Heading(1, "地块（项目）实施时序"), *_sequence(plan)]


def _money(plan: UnitPlan) -> list[Block]:
    table = plan.funding
    if not table.lines:
        return [Note(text("经济与资金表为空。"))]
    columns = (
        Column("类别", 1.2), Column("科目", 2.6), Column("金额（万元）", 1.4, Align.RIGHT), Column("状态", 1),
        Column("项目", 0.9), Column("测算依据", 2.6),
    )  # fmt: skip
    rows = [
        (
            text(line.kind),
            text(line.item),
            bare(line.amount),
            text(line.state),
            text(line.project or "—"),
            text(line.basis or "—"),
        )
        for kind in (COST, INCOME, SOURCE)
        for line in table.lines
        if line.kind == kind
    ]
    shortfall = table.shortfall
    words = "收支不能判断：" + shortfall.note
    if shortfall.amount is not None:
        over = shortfall.amount <= 0
        words = (
            f"支出减收入与资金来源后{'结余' if over else '缺口'} {format_number(abs(round(shortfall.amount)))} 万元。"
        )
    sources = "；".join(f"{line.item}占{format_share(share)}" for line, share in shares_of_sources(table))
    totals = [text(f"{kind}合计 ", figure(table.total(kind), digits=0)) for kind in (COST, INCOME, SOURCE)]
    return [
        Paragraph(text(totals[0],
            "，", totals[1], "，", totals[2], "。", words, f"资金来源构成：{sources}。" if sources else "")),
        Table("经济与资金匡算", columns, tuple(rows), text(table.note)),
    ]  # fmt: skip


def _sequence(plan: UnitPlan) -> list[Block]:
    if not plan.steps:
        return [Note(text("更新项目表为空。"))]
    columns = (
        Column("次序", 0.7, Align.RIGHT), Column("项目", 2.6), Column("更新方式", 1), Column("地块", 2.2),
        Column("启动", 0.9), Column("工期（年）", 0.9, Align.RIGHT), Column("前置", 0.9), Column("说明", 2),
    )  # fmt: skip
    rows = tuple(
        (
            text(str(step.order)), text(step.project.name), text(step.project.treatment),
            text("、".join(step.parcels) or "—"),
            text(str(step.project.start or "—")), text(str(step.project.years or "—")),
            text("、".join(step.project.after) or "—"), text(step.note),
        )
        for step in plan.steps
    )  # fmt: skip
    return [Table("地块（项目）实施时序", columns, rows, text("次序相同的项目可同时进行。"))]
