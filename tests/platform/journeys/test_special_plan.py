"""A special plan from its basis to its approval: of a county, and of the central city.

How a committee votes and how decisions are recorded is proved by journeys of their own; here those steps are walked.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from huancheng.platform.casework.models import Case
from huancheng.platform.planning.models import KeyArea, SpecialPlan
from tests.platform.casework.walking import Walk
from tests.platform.journeys.desk import Desk
from tests.platform.planning.making import BUREAU, COUNTY_OFFICE, OFFICE, a_checkup

MASTER = "示例市国土空间总体规划"


@dataclass(frozen=True)
class Place:
    """A place and the bodies that take part."""

    id: str
    title: str
    finding: str
    writer: str
    compiler: str
    clerk: str
    government: str


COUNTY = Place("linhe", "临河县", "临河县", COUNTY_OFFICE, "临河县人民政府", COUNTY_OFFICE, "临河县人民政府")
CENTRE = Place("wangyue", "中心城区", "望岳区", BUREAU, BUREAU, BUREAU, "市政府")


@pytest.mark.requirement("5.2-1", "5.2-2", "5.2-4", "5.2-5", "5.2-7", "5.1-5", "6.1-1")
@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", [COUNTY, CENTRE], ids=["county", "central"])
def test_from_basis_to_approval(desk, acting, move_on, place):
    a_checkup(place.finding)
    detailed = f"{place.title}控制性详细规划"
    keeper = desk(BUREAU, "clerk")
    enter(keeper, MASTER, "国土空间总体规划", "全市")
    enter(keeper, detailed, "控制性详细规划", "望岳区" if place is CENTRE else place.title)

    writer = desk(place.writer, "compiler")
    begin(writer, place)
    cite(writer, detailed)
    name_area(writer)
    set_goals(writer, place)
    writer.tells("依据齐全，可以发起案卷")
    writer.press("发起案卷")
    case = Case.objects.get()
    expect(writer.page.get_by_role("link", name=case.subject.title).first).to_have_attribute(
        "href", f"/plans/special/{SpecialPlan.objects.get().pk}/"
    )

    officer = desk(OFFICE, "officer")
    officer.open_case(case.title, "审批")
    officer.act("确认前置条件", 文号="示政字〔2026〕3号")

    compiler = desk(place.compiler, "compiler")
    compiler.open_case(case.title)
    compiler.follow("编辑内容")
    expect(compiler.page.locator("main")).to_contain_text("由规划内容带出，保存后生效")
    compiler.form.get_by_label("城市更新单元划定").fill("本版先划定重点区域，单元在下一版划定。")
    compiler.press("保存并返回案卷")
    compiler.act("办结")

    clerk = desk(place.clerk, "clerk")
    clerk.open_case(case.title)
    clerk.choose("发布公示")
    clerk.send("发布公示", 标题="专项规划草案公示", 公示内容="现予公示，欢迎提出意见。")
    move_on(31)
    walk = Walk(case.pk, acting)
    clerk.open_case(case.title)
    clerk.through(clerk.page.get_by_role("region", name="环节内办理").get_by_role("link").first)
    clerk.send("办结公示", 公示情况="没有收到意见。")
    walk.until("approve")

    government = desk(place.government, "approver")
    government.open_case(case.title)
    government.act("作出决定", 通过=True, 意见="同意。", 文号="示政复〔2026〕9号")

    writer.go("更新规划")
    writer.follow("全市汇总")
    writer.follow(SpecialPlan.objects.get().title)
    writer.tells("批准定稿")
    writer.follow("案卷与版本")
    writer.happened("批准定稿", "示政复〔2026〕9号")
    plan = SpecialPlan.objects.get()
    assert (plan.state, plan.jurisdiction, plan.case_id) == ("adopted", place.id, case.pk)
    keeper.go("更新规划")
    keeper.follow("规划台账")
    expect(keeper.page.get_by_role("row", name=plan.title)).to_contain_text("示政复〔2026〕9号")


def enter(keeper: Desk, title: str, kind: str, where: str) -> None:
    """Enter an approved plan into the register."""
    keeper.go("更新规划")
    keeper.follow("规划台账")
    keeper.follow("登记规划")
    keeper.fill(
        类型=(kind,), 名称=title, 辖区=(where,), 状态=("已批准",), 批准文号="示政复〔2024〕1号", 批准日期="2024-05-01",
        下次评估期限="2026-12-31", 修编触发条件="上位规划调整",
    )  # fmt: skip
    keeper.press("保存")
    keeper.tells("已批准，下次评估期限 2026-12-31")


def begin(writer: Desk, place: Place) -> None:
    """Begin the plan; it says what it lacks, and no case can be opened."""
    writer.go("更新规划")
    writer.follow("建立专项规划")
    writer.fill(规划范围=(place.title,))
    writer.press("建立")
    writer.tells("还缺少依据：城市体检成果、国土空间总体规划、控制性详细规划，不能发起案卷")
    expect(writer.page.get_by_role("button", name="发起案卷")).to_have_count(0)


def cite(writer: Desk, detailed: str) -> None:
    """Cite the check-up and the two upper plans."""
    writer.follow("引用依据")
    writer.fill(城市体检=("示例市 national-2023 2025-12-31",))
    for kind, title in (("国土空间总体规划", MASTER), ("控制性详细规划", detailed)):
        writer.form.get_by_label(f"{kind}：{title}（示政复〔2024〕1号）").check()
    writer.press("保存")


def name_area(writer: Desk) -> None:
    """Name a key area and draw it on the map."""
    writer.follow("添加重点区域")
    writer.fill(名称="老城片区", 更新方向="补齐公共服务短板。")
    drawing = writer.page.locator("[data-module='area-drawing'][data-ready]")
    drawing.wait_for()
    for x, y in ((80, 80), (200, 80), (200, 160)):
        drawing.locator("canvas").click(position={"x": x, "y": y})
    writer.press("保存")
    area = KeyArea.objects.get()
    assert area.geometry is not None
    writer.follow("编写文字")
    writer.fill(更新方向="先补短板、再提品质。", 发展策略="分期实施。")
    writer.press("保存")


def set_goals(writer: Desk, place: Place) -> None:
    """Make a goal of the place's own finding, and set a year."""
    writer.follow("从体检问题选取")
    writer.page.get_by_role("checkbox", name=f"选取 {place.finding}存在安全隐患的住宅").check()
    writer.press("列为目标")
    writer.follow("修改目标")
    writer.fill(完成年份="2028")
    writer.press("保存")
    expect(writer.page.locator("main")).to_contain_text("三年内完成排查整治")
