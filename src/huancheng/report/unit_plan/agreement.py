"""Agreement with upper plans, and whether the regulatory plan must be changed first."""

from __future__ import annotations

from huancheng.planning.consistency import PlanAgreement
from huancheng.planning.unit_plan import UnitPlan
from huancheng.report.document import Align, Block, Column, Heading, Note, Paragraph, Table, text
from huancheng.report.numerals import format_date, format_number
from huancheng.report.plan_cells import agreement

_MOST = 30


def agreement_chapter(plan: UnitPlan) -> list[Block]:
    """Return the chapter."""
    blocks: list[Block] = [Heading(1, "与上位规划的一致性")]
    if not plan.agreements:
        blocks.append(Note(text("没有登记上位规划，不能核对一致性；缺上位规划不得报审。")))
    else:
        columns = (
            Column("规划", 3), Column("批准文号", 2), Column("图上核对", 1.2), Column("主管部门书面意见", 2.6),
            Column("结论", 1.2),
        )  # fmt: skip
        rows = tuple(
            (
                text(item.plan.title),
                text(item.plan.number),
                agreement(item.overlay),
                text(_opinion(item)),
                agreement(item.verdict),
            )
            for item in plan.agreements
        )
        note = "规划图层归自然资源和规划主管部门，其书面意见优先于图上核对；两者不一致的另行注明。"
        blocks.append(Table("与上位规划的一致性", columns, rows, text(note)))
        blocks += [
            Paragraph(text(f"{item.plan.title}：图上核对与书面意见不一致，以书面意见为准，建议与主管部门核实。"))
            for item in plan.agreements
            if item.disagrees
        ]
        blocks += _differences(plan)
    blocks += [Heading(2, "控制性详细规划调整"), Paragraph(text(plan.regulatory.reason, "。"))]
    return blocks


def _opinion(item: PlanAgreement) -> str:
    if item.opinion is None:
        return "没有登记" + (f"；{item.note}" if item.note else "")
    return f"{item.opinion.conclusion.label}（{item.opinion.number}，{format_date(item.opinion.given_on)}）"


def _differences(plan: UnitPlan) -> list[Block]:
    listed = [(item, one) for item in plan.agreements for one in item.differences]
    if not listed:
        return []
    columns = (
        Column("规划", 2.6), Column("方面", 1.2), Column("地块", 1.3), Column("本规划", 1.3), Column("上位规划", 1.5),
        Column("面积（平方米）", 1.4, Align.RIGHT), Column("容差内", 0.9),
    )  # fmt: skip
    rows = tuple(
        (
            text(item.plan.title), text(one.aspect), text(one.parcel or "—"), text(one.planned), text(one.allowed),
            text(format_number(round(one.area))), text("是" if one.within_tolerance else "否"),
        )
        for item, one in listed[:_MOST]
    )  # fmt: skip
    more = len(listed) - _MOST
    note = "宽度处处不超过容差的差异视为线位误差，只列出。" + (f"另有 {more} 处见数据附件。" if more > 0 else "")
    return [Heading(2, "差异清单"), Table("与上位规划的差异", columns, rows, text(note), small=True)]
