"""Puts a unit plan's chapters together: the five parts of the policy, then agreement with upper plans."""

from __future__ import annotations

from collections.abc import Mapping

from huancheng.city.snapshot import Snapshot
from huancheng.planning.unit_plan import UnitPlan
from huancheng.report.document import (
    Block,
    Document,
    Figure,
    Heading,
    Note,
    PageBreak,
    Paragraph,
    TableOfContents,
    text,
)
from huancheng.report.numerals import format_date, format_number, provenance_legend
from huancheng.report.options import ReportOptions
from huancheng.report.plan_papers import PlanMap
from huancheng.report.unit_plan.agreement import agreement_chapter
from huancheng.report.unit_plan.control import control_chapter
from huancheng.report.unit_plan.duties import townscape_section
from huancheng.report.unit_plan.layouts import layout_chapter
from huancheng.report.unit_plan.money import money_chapter

_SMALL = 0.7
"""Width of the map of the position: it stands beside words on the first page."""

_FICTION = "本规划所用城市是为演示而生成的虚构城市，所有数据均为合成数据，不反映任何真实地区的情况，不得作为决策依据。"


def compose_document(snapshot: Snapshot, plan: UnitPlan, maps: tuple[PlanMap, ...], options: ReportOptions) -> Document:
    """Return the document of a unit plan.

    Parameters
    ----------
    snapshot
        The city the figures come from.
    plan
        The plan.
    maps
        Its maps.
    options
        Who compiles it.
    """
    by_file = {one.file.split("-")[-1].removesuffix(".png"): one for one in maps}
    blocks: list[Block] = [
        TableOfContents(), PageBreak(), *_overview(snapshot, plan, by_file), *_positioning(plan),
        *control_chapter(plan, picture(by_file, "planned")), *layout_chapter(plan, picture(by_file, "facilities")),
        *money_chapter(plan), *agreement_chapter(plan),
    ]  # fmt: skip
    organisation = options.organisation or plan.form.about.get("compiler") or "（编制部门）"
    return Document(
        f"{plan.name}城市更新单元规划", f"（{plan.form.about.get('period', '规划期限未填')}）", organisation,
        snapshot.manifest.as_of, tuple(blocks),
    )  # fmt: skip


def picture(maps: Mapping[str, PlanMap], name: str, width: float = 1.0) -> list[Block]:
    """Return a map as a figure of a share of the text's width, or nothing where it was not drawn."""
    if name not in maps:
        return []
    one = maps[name]
    return [Figure(one.image, one.caption, one.description, width)]


def _overview(snapshot: Snapshot, plan: UnitPlan, maps: Mapping[str, PlanMap]) -> list[Block]:
    about = plan.form.about
    hectares = format_number(round(plan.ground.area / 10_000, 2))
    blocks: list[Block] = [Heading(1, "单元概况"), Heading(2, "范围与现状")]
    if snapshot.manifest.city.get("fictional"):
        blocks.append(Note(text(_FICTION)))
    lacking = [part for part in plan.parts if not part.complete]
    state = (
        "五部分内容齐全" if not lacking else "尚缺：" + "；".join(f"{part.title}（{part.lacking}）" for part in lacking)
    )
    blocks += [
        Paragraph(
            text(
                f"{plan.name}（编号 {plan.id}）面积 {hectares} 公顷。",
                f"编制责任主体为{about.get('responsible', '（未填）')}，",
                f"由{about.get('compiler', '（未填）')}组织编制。数据时点为{format_date(snapshot.manifest.as_of)}。",
            )
        ),
        Paragraph(text(f"按照城市更新政策五（三）的要求，本规划包括单元发展定位、规划控制指标、基础设施及公共服务设施布局、经济分析及资金来源安排、地块（项目）实施时序五部分。{state}。")),
        Note(text(provenance_legend())),
        *picture(maps, "position", _SMALL),
        *picture(maps, "existing"),
    ]  # fmt: skip
    return blocks


def _positioning(plan: UnitPlan) -> list[Block]:
    about = plan.form.about
    blocks: list[Block] = [Heading(1, "单元发展定位")]
    blocks.append(Paragraph(text("发展定位：", about.get("positioning", "（未填）"), "。")))
    if about.get("functions"):
        blocks.append(Paragraph(text("主导功能：", about["functions"], "。")))
    if about.get("special_plan"):
        blocks.append(Paragraph(text("依据的城市更新专项规划：", about["special_plan"], "。")))
    blocks += townscape_section(plan)
    return blocks
