"""Infrastructure and public facilities: before and after, proposed sites, sharing, parks beside living areas."""

from __future__ import annotations

from huancheng.planning.completeness import ParkLivingPair
from huancheng.planning.unit_form import PlannedFacility
from huancheng.planning.unit_plan import UnitPlan
from huancheng.planning.unit_plan.facilities import FacilityRow
from huancheng.report.document import Align, Block, Column, Heading, Note, Paragraph, Table, text
from huancheng.report.numerals import format_number, format_share
from huancheng.report.plan_cells import bare, span_of, verdict
from huancheng.report.unit_plan.duties import capacity_section, shortfall_section

_LINKS = {"walkable": "可步行", "detour": "绕行过远", "missing": "缺少步行联系"}
_STATUS = {"optimal": "已证明最优", "feasible": "可行解", "stopped_by_time": "到时停止"}
_MOST_PAIRS = 12
_MOST_CLASSES = 5
_WALKING = "步行距离按街道网络量算，跨河、跨铁路无桥处不通；超出距离的人数为走不到任何一处该类设施的居民。"
_PLANNED = "规划处数为现状与设施布局表之和；没有填写位置的规划设施计入处数，不计入可达量算。"


def layout_chapter(plan: UnitPlan, facility_map: list[Block]) -> list[Block]:
    """Return the chapter."""
    return [
        Heading(1, "基础设施及公共服务设施布局"), *capacity_section(plan), *_before_after(plan),
        *shortfall_section(plan), *_demand(plan), *facility_map, *_planned(plan),
        *_shared(plan), *_parks(plan), *_community(plan),
    ]  # fmt: skip


def _before_after(plan: UnitPlan) -> list[Block]:
    columns = (
        Column("设施", 2.2), Column("步行距离（米）", 1.2, Align.RIGHT), Column("现状（处）", 1, Align.RIGHT),
        Column("规划（处）", 1, Align.RIGHT), Column("现状超出距离（人）", 1.5, Align.RIGHT),
        Column("规划后超出（人）", 1.5, Align.RIGHT), Column("补缺项目", 1.2),
    )  # fmt: skip
    rows = tuple(
        (
            text(row.title), text(format_number(row.walk)), bare(row.count_now), bare(row.count_planned),
            bare(row.beyond_now), bare(row.beyond_planned), text(_projects(row)),
        )
        for row in plan.facilities
    )  # fmt: skip
    residents = next((row.residents.amount for row in plan.facilities if row.residents.is_known), None)
    people = "" if residents is None else f"单元内居民 {format_number(round(residents))} 人，"
    return [
        Heading(2, "公共设施前后对照"),
        Paragraph(text(people, _WALKING)),
        Table("公共服务设施前后对照", columns, rows, text(_PLANNED), small=True),
    ]  # fmt: skip


def _demand(plan: UnitPlan) -> list[Block]:
    lacking = [row for row in plan.facilities if row.demand is not None]
    if not lacking:
        return [Paragraph(text("规划实施后，各类设施的缺口均在容许范围内。"))]
    numbers = _site_numbers(plan)
    columns = (
        Column("设施", 2.2), Column("需新增（处）", 1, Align.RIGHT), Column("建筑面积（平方米）", 1.6, Align.RIGHT),
        Column("用地面积（平方米）", 1.6, Align.RIGHT), Column("建议选址", 2.6),
        Column("可新增服务（人）", 1.3, Align.RIGHT),
    )  # fmt: skip
    rows = tuple(
        (
            text(row.title), text(str(row.demand.facilities if row.demand else 0)),
            text(span_of(row.demand.floor_area if row.demand else None)),
            text(span_of(row.demand.land_area if row.demand else None)), text(_sites(row, numbers)),
            text("—" if row.proposal is None else format_number(round(row.proposal.served))),
        )
        for row in lacking
    )  # fmt: skip
    claims = sorted({_STATUS[row.proposal.status] for row in lacking if row.proposal})
    note = (
        f"选址在单元内的地块与街区中按“覆盖最多居民”求解（{'、'.join(claims)}）；面积取自标准，除注明外凭记忆，须核对。"
    )
    return [Heading(2, "仍存缺口与补缺建议"), Table("设施缺口与补缺建议", columns, rows, text(note), small=True)]


def _projects(row: FacilityRow) -> str:
    """Return the projects that provide the type; a gap nobody closes says so."""
    return "、".join(row.projects) or ("未安排" if row.demand is not None else "—")


def _site_numbers(plan: UnitPlan) -> dict[tuple[float, float], int]:
    places = [(x, y) for row in plan.facilities if row.proposal for _, x, y in row.proposal.sites]
    return {place: number for number, place in enumerate(dict.fromkeys(places), start=1)}


def _sites(row: FacilityRow, numbers: dict[tuple[float, float], int]) -> str:
    if row.proposal is None or not row.proposal.sites:
        return "单元内没有可用地块"
    return "、".join(f"{numbers[x, y]}号点（{name}）" for name, x, y in row.proposal.sites)


def _planned(plan: UnitPlan) -> list[Block]:
    if not plan.form.facilities:
        return [Heading(2, "规划设施"), Note(text("设施布局表为空。"))]
    columns = (
        Column("设施", 2), Column("名称", 2.6), Column("建筑面积（平方米）", 1.5, Align.RIGHT),
        Column("用地面积（平方米）", 1.5, Align.RIGHT), Column("项目", 1), Column("共建共享对象", 1.4),
        Column("分摊协议", 1.4), Column("智能化类别", 1.5),
    )  # fmt: skip
    rows = tuple(
        (
            text(item.type), text(item.name), text("—" if item.floor_area is None else format_number(item.floor_area)),
            text("—" if item.land_area is None else format_number(item.land_area)), text(item.project or "—"),
            text(item.shared_with or "—"), text(_agreement(item)), text(item.smart or "—"),
        )
        for item in plan.form.facilities
    )  # fmt: skip
    return [Heading(2, "规划设施"), Table("规划基础设施与公共服务设施", columns, rows, small=True)]


def _agreement(item: PlannedFacility) -> str:
    """Return the paper by which a facility is shared; one that is shared without says so."""
    return item.agreement or ("未签" if item.shared_with else "—")


def _shared(plan: UnitPlan) -> list[Block]:
    if not plan.shared:
        return []
    columns = (
        Column("设施", 1.8), Column("名称", 2.4), Column("受益范围", 2), Column("服务居民（人）", 1.3, Align.RIGHT),
        Column("分摊比例", 1.1, Align.RIGHT),
    )  # fmt: skip
    rows = tuple(
        (
            text(item.norm.title), text(item.name or item.facility), text(part.area_name),
            text(format_number(round(part.residents))), text(format_share(part.share)),
        )
        for item in plan.shared
        for part in item.beneficiaries
    )  # fmt: skip
    note = "每位居民计入步行最近的一处；同一设施的分摊比例之和为100%；开放与分摊协议见规划设施表。"
    return [Heading(2, "共建共享设施"), Table("跨范围共享的设施及受益比例", columns, rows, text(note), small=True)]


def _parks(plan: UnitPlan) -> list[Block]:
    if not plan.parks.pairs:
        return []
    columns = (
        Column("产业园区", 1.3), Column("生活区", 1.3), Column("直线（米）", 1, Align.RIGHT),
        Column("步行（米）", 1, Align.RIGHT), Column("联系", 1.3), Column("双方可共享的设施", 3.6),
    )  # fmt: skip
    rows = tuple(
        (
            text(pair.park), text(pair.living), text(format_number(round(pair.straight))),
            text("—" if pair.walk is None else format_number(round(pair.walk))), text(_LINKS[pair.link]),
            text(_classes(pair)),
        )
        for pair in plan.parks.pairs[:_MOST_PAIRS]
    )  # fmt: skip
    more = len(plan.parks.pairs) - _MOST_PAIRS
    note = "园区与生活区由土地利用连片得出；涉及本单元者列此。" + (f"另有 {more} 对见数据附件。" if more > 0 else "")
    return [Heading(2, "产业园区与生活区的设施共享"), Table("产业园区—生活区对", columns, rows, text(note), small=True)]


def _classes(pair: ParkLivingPair) -> str:
    """Name the classes of which both sides reach most."""
    most = sorted(pair.shared, key=lambda item: -item.count)
    named = "、".join(f"{item.title}{item.count}处" for item in most[:_MOST_CLASSES])
    return f"{named}等{len(most)}类" if len(most) > _MOST_CLASSES else named or "—"


def _community(plan: UnitPlan) -> list[Block]:
    columns = (
        Column("序号", 0.7, Align.RIGHT),
        Column("项目", 3),
        Column("判定", 1),
        Column("要求", 3),
        Column("说明", 2.4),
    )
    rows = tuple(
        (text(str(item.number)), text(item.title), verdict(item.verdict), text(item.needed), text(item.figure.note))
        for item in plan.card.items
    )
    note = "标准条目凭记忆整理，须与正式文本核对；是否二十项全部必达由地方确定。"
    return [Heading(2, "完整居住社区评分"), Table("完整居住社区二十项", columns, rows, text(note), small=True)]
