"""Puts a special plan's chapters together."""

from __future__ import annotations

from typing import Any

import pandas as pd

from huancheng.city.snapshot import Snapshot
from huancheng.planning.special_plan import SpecialPlan
from huancheng.report.document import (
    Align,
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Items,
    Note,
    PageBreak,
    Paragraph,
    Table,
    TableOfContents,
    Text,
    text,
)
from huancheng.report.numerals import format_date, format_number, format_share, provenance_legend
from huancheng.report.options import ReportOptions
from huancheng.report.plan_cells import agreement, figure
from huancheng.report.plan_papers import PlanMap

_METHODS = {"computed": "计算划定", "drawn": "规划院划定", "imported": "规划院划定", "edited": "人工调整"}
_STATUS = {"optimal": "已证明最优", "feasible": "可行解", "stopped_by_time": "到时停止", "cancelled": "中止",
           "checked": "只核验", None: "—"}  # fmt: skip
_FICTION = "本规划所用城市是为演示而生成的虚构城市，所有数据均为合成数据，不反映任何真实地区的情况，不得作为决策依据。"
_HECTARE = 10_000


def compose_document(
    snapshot: Snapshot, plan: SpecialPlan, maps: tuple[PlanMap, ...], options: ReportOptions
) -> Document:
    """Return the document of a special plan."""
    blocks: list[Block] = [
        TableOfContents(), PageBreak(), *_basis(snapshot, plan), *_goals(plan), *_key_areas(plan, maps),
        *_strategy(plan),
        *_units(plan, maps),
    ]  # fmt: skip
    organisation = options.organisation or plan.words.compiler or "（组织编制机关）"
    subtitle = f"（{plan.words.period}）" if plan.words.period else ""
    return Document(plan.words.title, subtitle, organisation, snapshot.manifest.as_of, tuple(blocks))


def _basis(snapshot: Snapshot, plan: SpecialPlan) -> list[Block]:
    blocks: list[Block] = [Heading(1, "规划依据")]
    if snapshot.manifest.city.get("fictional"):
        blocks.append(Note(text(_FICTION)))
    blocks.append(Paragraph(text(f"规划范围为{plan.jurisdiction}，数据时点为{format_date(snapshot.manifest.as_of)}。")))
    if plan.blocked:
        blocks += [
            Paragraph(text("本规划尚不能报审，原因如下：")),
            Items(tuple(text(reason, "。") for reason in plan.blocked)),
        ]  # fmt: skip
    blocks.append(Heading(2, "城市体检"))
    if plan.checkups:
        lines = tuple(
            text(f"{item.title}，数据时点{format_date(item.as_of)}，数据版本 {item.digest[:12]}。")
            for item in plan.checkups
        )
        blocks += [Paragraph(text("本规划以下列已完成的城市体检为基础：")), Items(lines)]
    else:
        blocks.append(Note(text("没有引用城市体检。")))
    blocks.append(Heading(2, "上位规划"))
    return [*blocks, *_upper(plan), Note(text(provenance_legend()))]


def _upper(plan: SpecialPlan) -> list[Block]:
    if not plan.upper:
        return [Note(text("没有登记已批准的上位规划。"))]
    verdicts = {item.plan.id: item for item in plan.agreements}
    columns = (
        Column("规划", 3.2),
        Column("类别", 1.8),
        Column("批准文号", 2),
        Column("状态", 1),
        Column("一致性", 1.2),
    )
    rows = tuple(
        (
            text(item.title), text(item.kind.label), text(item.number), text(item.state.label),
            agreement(verdicts[item.id].verdict) if item.id in verdicts else text("—"),
        )
        for item in plan.upper
    )  # fmt: skip
    note = "一致性以自然资源和规划主管部门的书面意见为准；没有意见的为重点区域与该规划图层的图上核对。"
    return [Table("依据的上位规划", columns, rows, text(note))]


def _goals(plan: SpecialPlan) -> list[Block]:
    blocks: list[Block] = [Heading(1, "总体目标")]
    blocks.append(Paragraph(text(plan.words.overall_goal or "（总体目标未填）")))
    if not plan.goals:
        return blocks
    answered = sum(goal.answered for goal in plan.goals)
    columns = (
        Column("体检发现", 2.6), Column("现状", 1.3, Align.RIGHT), Column("整治建议", 2.8), Column("规划目标", 2.6),
        Column("目标值", 1, Align.RIGHT),
    )  # fmt: skip
    rows = tuple(
        (
            text(goal.name), figure(goal.figure, digits=2), text(goal.action), text(goal.goal or "（未填）"),
            text(goal.target or "—"),
        )
        for goal in plan.goals
    )  # fmt: skip
    words = f"体检共发现问题 {len(plan.goals)} 个，其中 {answered} 个已有对应目标。"
    return [
        *blocks,
        Heading(2, "由体检发现引出的目标"),
        Paragraph(text(words)),
        Table("体检发现与规划目标", columns, rows, small=True),
    ]


def _key_areas(plan: SpecialPlan, maps: tuple[PlanMap, ...]) -> list[Block]:
    blocks: list[Block] = [Heading(1, "重点区域及其更新方向")]
    if plan.key_areas is None:
        return [*blocks, Note(text("没有重点区域图层。"))]
    columns = (Column("重点区域", 2.4), Column("面积（公顷）", 1.2, Align.RIGHT), Column("更新方向", 4))
    rows = tuple(
        (
            text(str(row.name)),
            text(format_number(round(row.geometry.area / _HECTARE, 1))),
            text(row.direction or "（未填）"),
        )
        for row in plan.key_areas.itertuples(index=False)
    )
    return [*blocks, Table("重点区域", columns, rows), *_pictures(maps, "1-")]


def _strategy(plan: SpecialPlan) -> list[Block]:
    blocks: list[Block] = [Heading(1, "发展策略")]
    if not plan.words.strategies:
        return [*blocks, Note(text("发展策略未填。"))]
    return [*blocks, Items(tuple(text(words) for words in plan.words.strategies))]


def _units(plan: SpecialPlan, maps: tuple[PlanMap, ...]) -> list[Block]:
    blocks: list[Block] = [Heading(1, "城市更新单元划定"), *_alternatives(plan), *_pictures(maps, "2-")]
    if plan.adopted is None:
        return [*blocks, Note(text("尚未采用划定方案。"))]
    frame = plan.adopted.drawn.units
    columns = (
        Column("单元", 1.6), Column("面积（公顷）", 1.2, Align.RIGHT), Column("居民（人）", 1.2, Align.RIGHT),
        Column("建筑面积（平方米）", 1.6, Align.RIGHT), Column("容积率", 1, Align.RIGHT),
        Column("街区数", 1, Align.RIGHT),
    )  # fmt: skip
    rows = tuple(
        (
            text(str(row["unit"])), _number(row.get("area"), 1 / _HECTARE, 1), _number(row.get("population")),
            _number(row.get("floor_area")), _number(row.get("far"), digits=2), _number(row.get("blocks")),
        )
        for _, row in frame.iterrows()
    )  # fmt: skip
    note = "划定规则中除注明外均为本系统默认，意见没有规定单元规模；逐条核验与每段边界的理由见方案证书。"
    return [
        *blocks,
        Heading(2, "采用方案的单元"),
        Table(f"{plan.adopted.title}的更新单元", columns, rows, text(note), small=True),
    ]


def _alternatives(plan: SpecialPlan) -> list[Block]:
    if not plan.alternatives:
        return [Note(text("没有划定方案。"))]
    columns = (
        Column("方案", 1.6), Column("来源", 1.3), Column("单元数／上界", 1.3, Align.RIGHT),
        Column("平均面积（公顷）", 1.2, Align.RIGHT),
        Column("目标值", 1.2, Align.RIGHT), Column("已证差距", 1, Align.RIGHT), Column("状态", 1.2),
        Column("刚性未满足", 1, Align.RIGHT), Column("采用", 0.7),
    )  # fmt: skip
    rows = []
    for item in plan.alternatives:
        row = item.row
        bound = "—" if row["units_bound"] is None else str(row["units_bound"])
        gap = "未证" if row["gap"] is None else format_share(row["gap"])
        rows.append(
            (
                text(row["title"]), text(_METHODS.get(row["method"], str(row["method"] or "—"))),
                text(f"{row['units']}／{bound}"),
                _number(row["area_mean"], digits=1), _number(row["objective"], digits=4), text(gap),
                text(_STATUS.get(row["status"], str(row["status"]))), _number(row["breaches"]),
                text("是" if row["adopted"] else ""),
            )
        )  # fmt: skip
    note = "目标值越小越好，只在同一规则下可比；“未证”表示没有给出下界，不等于最优。"
    return [Heading(2, "方案比选"), Table("单元划定方案比选", columns, tuple(rows), text(note), small=True)]


def _number(amount: Any, scale: float = 1.0, digits: int = 0) -> Text:
    if amount is None or pd.isna(amount):
        return text("—")
    return text(format_number(round(float(amount) * scale, digits)))


def _pictures(maps: tuple[PlanMap, ...], start: str) -> list[Block]:
    return [Figure(one.image, one.caption, one.description) for one in maps if one.file.startswith(f"maps/{start}")]
