"""What a unit plan owes to the principles of the policy: lines that protect, capacity, shortfalls, townscape (二)."""

from __future__ import annotations

from huancheng.planning.unit_plan import UnitPlan
from huancheng.planning.unit_plan.screening import Screened
from huancheng.report.document import Align, Block, Column, Heading, Lamp, Paragraph, Span, Table, text
from huancheng.report.numerals import format_number
from huancheng.report.plan_cells import figure

_LIGHTS = {Screened.CLEAR: Lamp.GOOD, Screened.TOUCHES: Lamp.WATCH, Screened.NEEDS_DATA: Lamp.WATCH}
_DIGITS = {"residents": 0, "floor_per_head": 1, "green_per_head": 1, "public_per_head": 1}


def screening_section(plan: UnitPlan) -> list[Block]:
    """Return the lines that protect, and what becomes of green ground."""
    columns = (
        Column("管控线", 2.4), Column("结论", 1.2), Column("涉及面积（平方米）", 1.7, Align.RIGHT), Column("说明", 4.2)
    )  # fmt: skip
    rows = tuple(
        (
            text(item.title), text(Span(item.state.label, lamp=_LIGHTS[item.state])),
            text(format_number(round(item.area)) if item.area else "—"), text(item.note),
        )
        for item in plan.screening
    )  # fmt: skip
    return [Heading(2, "管控线筛查"), Table("管控线筛查", columns, rows), Paragraph(text(_green(plan)))]


def _green(plan: UnitPlan) -> str:
    lost = plan.green.area
    if lost is None:
        return "规划地块未填，绿地增减尚不能计算。"
    if round(lost) == 0:
        return "规划绿地与现状相当。"
    amount = format_number(round(abs(lost)))
    if lost < 0:
        return f"规划绿地比现状增加 {amount} 平方米。"
    return f"规划绿地比现状减少 {amount} 平方米，理由：{plan.green.reason or '未说明'}。"


def capacity_section(plan: UnitPlan) -> list[Block]:
    """Return what the unit carries, before and after."""
    columns = (
        Column("项目", 2.6), Column("现状", 2, Align.RIGHT), Column("规划", 2, Align.RIGHT), Column("说明", 3)
    )  # fmt: skip
    rows = tuple(
        (
            text(row.title), figure(row.now, digits=_DIGITS.get(row.id, 1)),
            figure(row.planned, digits=_DIGITS.get(row.id, 1)),
            text("；".join(dict.fromkeys(note for note in (row.now.note, row.planned.note) if note))),
        )
        for row in plan.capacity
    )  # fmt: skip
    note = "人均用地按用地平衡表计；步行可达率为各类设施在步行距离内居民占比的平均。"
    return [Heading(2, "承载能力前后对照"), Table("承载能力前后对照", columns, rows, text(note), small=True)]


def shortfall_section(plan: UnitPlan) -> list[Block]:
    """Return the shortfalls of three kinds with the projects that close them."""
    columns = (
        Column("类别", 1.8), Column("短板", 2.2), Column("现状", 2, Align.RIGHT), Column("补齐项目", 2)
    )  # fmt: skip
    rows = tuple(
        (
            text(item.kind), text(item.title), figure(item.figure, digits=0),
            text("、".join(item.projects) or ("未安排" if item.is_open else "—")),
        )
        for item in plan.short
    )  # fmt: skip
    note = "公共服务设施为现状超出步行距离的居民；没有短板的类别记零。"
    return [Heading(2, "三类设施短板与补齐项目"), Table("短板与补齐项目", columns, rows, text(note), small=True)]


def townscape_section(plan: UnitPlan) -> list[Block]:
    """Return what is kept of the place, and the trades that move in, project by project."""
    said = [project for project in plan.form.projects if project.townscape or project.business]
    words = plan.form.about.get("townscape", "")
    if not said and not words:
        return []
    blocks: list[Block] = [Heading(2, "风貌延续与业态")]
    if words:
        blocks.append(Paragraph(text(f"单元风貌要素：{words}。")))
    if said:
        columns = (Column("项目", 2.4), Column("风貌要素与延续措施", 4), Column("业态", 3))
        rows = tuple(
            (text(project.name), text(project.townscape or "—"), text(project.business or "—")) for project in said
        )
        blocks.append(Table("各项目的风貌延续与业态", columns, rows, small=True))
    return blocks
