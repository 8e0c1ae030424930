"""Control indicators, red lines with a proposed repair, land-use balance, parcels."""

from __future__ import annotations

from huancheng.evidence import Value
from huancheng.planning.unit_form.columns import USES
from huancheng.planning.unit_plan import UnitPlan
from huancheng.report.document import Align, Block, Column, Heading, Note, Paragraph, Table, Text, text
from huancheng.report.numerals import format_number, format_share
from huancheng.report.plan_cells import bare, figure, line_state
from huancheng.report.unit_plan.duties import screening_section

_DIGITS = {"far": 2, "rebuild_ratio": 2, "coverage": 1, "green": 1, "demolition_share": 1, "resettlement_share": 1,
           "height": 1, "floor_area": 0}  # fmt: skip
_SHARES = ("demolition_ratio", "nearby_rate")
_ROUNDING = 0.5


def control_chapter(plan: UnitPlan, planned_map: list[Block]) -> list[Block]:
    """Return the chapter."""
    return [
        Heading(1, "规划控制指标"), *_indicators(plan), *_red_lines(plan), *_repair(plan), *screening_section(plan),
        *_land(plan), *_parcels(plan), *planned_map,
    ]  # fmt: skip


def _indicators(plan: UnitPlan) -> list[Block]:
    columns = (
        Column("指标", 2.2),
        Column("现状", 1.8, Align.RIGHT),
        Column("规划", 1.8, Align.RIGHT),
        Column("说明", 3.4),
    )
    rows = tuple(
        (
            text(item.title), figure(item.now, digits=_DIGITS[item.id]), figure(item.planned, digits=_DIGITS[item.id]),
            text(_notes(item.now, item.planned)),
        )
        for item in plan.indicators
    )  # fmt: skip
    return [Heading(2, "控制指标"), Table("规划控制指标", columns, rows)]


def _notes(now: Value, planned: Value) -> str:
    own = now.note if now.state.value != "not_applicable" else ""
    return "；".join(note for note in (own, planned.note) if note)


def _red_lines(plan: UnitPlan) -> list[Block]:
    columns = (
        Column("层级", 2.6), Column("底线", 2.4), Column("数值", 1.2, Align.RIGHT), Column("限值", 1.2, Align.RIGHT),
        Column("结论", 1.5), Column("处理", 3.4),
    )  # fmt: skip
    rows = tuple(
        (
            text(line.level_name), text(line.title), text(_figure(line.fact, line.figure)),
            text(_figure(line.fact, line.limit)), line_state(line.state),
            text(_next(line.text, line.missing, line.state.value)),
        )
        for line in plan.red_lines
    )  # fmt: skip
    exceptions = sorted({line.level_name for line in plan.exceptions})
    words = "各项底线均未突破，或资料不足而尚不能核验。"
    if exceptions:
        words = f"{'、'.join(exceptions)}突破“原则上”的底线，须说明理由并走底线例外论证；在论证通过前不得据此报审。"
    return [
        Heading(2, "防止大拆大建底线核验"), Paragraph(text("底线在单元和项目两个层级分别核验。", words)),
        Table("底线核验", columns, rows, text("资料不足不是通过；租金涨幅在城市层面监测，不在此核验。")),
    ]  # fmt: skip


def _figure(fact: str, amount: float | None) -> str:
    if amount is None:
        return "—"
    return format_share(amount) if fact in _SHARES else format_number(round(amount, 2))


def _next(words: str, missing: tuple[str, ...], state: str) -> str:
    if missing:
        return f"尚缺：{'、'.join(missing)}"
    return words if state in ("breach", "warning") else ""


def _repair(plan: UnitPlan) -> list[Block]:
    if plan.repair is None or not plan.repair.steps:
        return []
    columns = (
        Column("项目", 2.4), Column("调整内容", 2.2), Column("现方案", 1.5, Align.RIGHT),
        Column("建议", 1.5, Align.RIGHT),
        Column("理由", 3.4),
    )  # fmt: skip
    rows = tuple(
        (
            text(step.project_name), text(f"{step.title}（{step.unit}）"), text(format_number(round(step.before, 2))),
            text(format_number(round(step.after, 2))), text(step.reason),
        )
        for step in plan.repair.steps
    )  # fmt: skip
    note = "系统建议，供比较，不替代决策：在现有填报数据下使各项底线均不突破的最小调整。"
    blocks: list[Block] = [Heading(2, "调整建议"), Table("使底线不突破的调整建议", columns, rows, text(note))]
    if plan.repair.keep:
        listed = "、".join(f"{name}（{format_number(round(area))} 平方米）" for name, area in plan.repair.keep)
        blocks.append(Paragraph(text(f"可优先保留改造的建筑（非违法、安全等级A或B，建成较晚者在前）：{listed}。")))
    return blocks


def _land(plan: UnitPlan) -> list[Block]:
    columns = (
        Column("用地", 2.2), Column("现状（平方米）", 1.8, Align.RIGHT), Column("占比", 1, Align.RIGHT),
        Column("规划（平方米）", 1.8, Align.RIGHT), Column("占比", 1, Align.RIGHT),
    )  # fmt: skip
    area = plan.land.area
    shown = [
        row for row in plan.land.rows
        if row.use != "rest" or any(abs(value.amount or 0.0) >= _ROUNDING for value in (row.now, row.planned))
    ]  # fmt: skip
    rows = [
        (text(row.title), bare(row.now), _share(row.now, area), bare(row.planned), _share(row.planned, area))
        for row in shown
    ]
    now, planned = plan.land.total("now"), plan.land.total("planned")
    rows.append(
        (
            text("合计"), text(format_number(round(now or 0.0))), text("100%"),
            text("缺数据" if planned is None else format_number(round(planned))),
            text("—" if planned is None else "100%"),
        )
    )  # fmt: skip
    note = plan.land.note or "合计等于单元面积；“其余用地”为图层或规划地块没有涉及的部分，不足半平方米的不列。"
    return [Heading(2, "用地平衡"), Table("现状与规划用地平衡", columns, tuple(rows), text(note))]


def _share(value: Value, area: float) -> Text:
    return text("—") if value.amount is None else text(format_share(max(value.amount, 0.0) / area))


def _parcels(plan: UnitPlan) -> list[Block]:
    if not plan.form.parcels:
        return [Heading(2, "规划地块"), Note(text("规划地块表为空。"))]
    columns = (
        Column("地块", 1.6), Column("用地性质", 1.6), Column("面积（平方米）", 1.7, Align.RIGHT),
        Column("容积率", 1, Align.RIGHT), Column("建筑密度", 1.1, Align.RIGHT), Column("限高（米）", 1.1, Align.RIGHT),
        Column("绿地率", 1, Align.RIGHT), Column("项目", 1),
    )  # fmt: skip
    rows = tuple(
        (
            text(parcel.id), text(USES[parcel.use]), text(format_number(round(parcel.area))), _number(parcel.far),
            _percent(parcel.coverage), _number(parcel.height), _percent(parcel.green), text(parcel.project or "—"),
        )
        for parcel in plan.form.parcels
    )  # fmt: skip
    return [Heading(2, "规划地块"), Table("规划地块控制指标", columns, rows, small=True)]


def _number(amount: float | None) -> Text:
    return text("—" if amount is None else format_number(amount))


def _percent(share: float | None) -> Text:
    return text("—" if share is None else format_share(share))
