"""A unit plan from its unit to the filing, of a county; and one that changes the regulatory plan, of the centre."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from huancheng.platform.casework.models import Case
from huancheng.platform.files.domain.store import take_in
from huancheng.platform.planning.domain.unit_composing import compute
from huancheng.platform.planning.domain.unit_forms import read_workbook
from huancheng.platform.planning.domain.unit_plans import begin_unit_plan, fill_in
from huancheng.platform.planning.models import PlanRecord, UnitPlan
from tests.planning import filled_form
from tests.platform.browser import NARROW, assert_accessible, picture
from tests.platform.casework.procedures.conftest import step_into
from tests.platform.casework.walking import Walk
from tests.platform.journeys.desk import Desk
from tests.platform.planning.making import BUREAU, OFFICE
from tests.platform.planning.town import a_form, a_town_unit

COMPILER = "临河县指定的编制部门"
GOVERNMENT = "临河县人民政府"
COMPUTING = 120_000
"""Milliseconds that a computation may take on a machine that does other things too."""


def filled_in(desk: Desk, folder: Path) -> bytes:
    """Download the form of a plan and fill it in, as an office would."""
    with desk.page.expect_download() as caught:
        desk.page.locator("main").get_by_role("link", name="下载工作簿").click()
    caught.value.save_as(folder / "form.xlsx")
    book = load_workbook(folder / "form.xlsx")
    for row in book["基本情况"].iter_rows(min_row=2):
        if row[0].value in filled_form.ABOUT:
            row[1].value = filled_form.ABOUT[row[0].value]
    for name, rows in filled_form.SHEETS.items():
        for cells in rows:
            book[name].append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def as_file(content: bytes) -> dict[str, object]:
    """Return a workbook as a browser is given it."""
    return {"name": "单元规划表.xlsx", "mimeType": "application/octet-stream", "buffer": content}


@pytest.mark.journey
@pytest.mark.requirement("5.3-1", "5.3-2", "5.3-3", "5.3-5", "5.3-8", "5.3-9", "5.3-10")
@pytest.mark.django_db(transaction=True)
def test_a_countys_unit_plan_from_its_unit_to_the_filing(desk, acting, tmp_path):
    unit = a_town_unit(acting(OFFICE, "officer"))
    compiler = desk(COMPILER, "compiler")
    page = compiler.page
    page.set_default_timeout(COMPUTING)
    compiler.go("更新规划")
    compiler.follow("更新单元", exact=True)
    compiler.follow(unit.number, exact=True)
    compiler.press("编制单元规划")
    compiler.tells("还没有填报")
    compiler.follow("填报", exact=True)
    content = filled_in(compiler, tmp_path)
    wrong = load_workbook(io.BytesIO(content))
    wrong["规划地块"]["C2"] = "九万"
    wrong.save(tmp_path / "wrong.xlsx")
    compiler.send("上传并测算", 工作簿=as_file((tmp_path / "wrong.xlsx").read_bytes()))
    expect(page.locator("main")).to_contain_text("“规划地块”表第 2 行“用地面积（平方米）”：“九万”不是数")
    compiler.send("上传并测算", 工作簿=as_file(content))
    compiler.tells("五部分内容齐全")
    picture(page, "unit-plan", whole=True)
    assert_accessible(page, without="canvas")
    for tab in ("用地平衡", "设施布局", "经济与资金", "实施时序", "上位规划"):
        compiler.follow(tab, exact=True)
        expect(page.locator("main table").first).to_be_visible()
    compiler.follow("定位与指标", exact=True)
    compiler.press("发起案卷")

    plan = UnitPlan.objects.get()
    case = plan.case
    officer = desk(OFFICE, "officer")
    officer.open_case(case.title, "审批")
    officer.act("确认前置条件", 文号="临政字〔2026〕3号")
    government = desk(GOVERNMENT, "approver")
    government.open_case(case.title)
    government.act("办结", 文号或回执号="临政函〔2026〕8号")
    compiler.open_case(case.title)
    compiler.follow("编辑内容")
    expect(page.locator("main")).to_contain_text("由规划内容带出，保存后生效")
    compiler.press("保存并返回案卷")
    compiler.act("办结")
    walk = Walk(case.pk, acting)
    walk.until("approve")
    government.open_case(case.title)
    government.act("作出决定", 通过=True, 意见="同意。", 文号="临政复〔2026〕2号")
    filing = desk("市城市更新工作专班", "filing_clerk")
    filing.open_case(case.title)
    filing.act("办结", 文号或回执号="备〔2026〕1号")

    compiler.go("更新规划")
    compiler.follow("更新单元", exact=True)
    compiler.follow(unit.number, exact=True)
    row = page.get_by_role("row", name="第 1 版")
    expect(row).to_contain_text("临政复〔2026〕2号")
    expect(row).to_contain_text("备〔2026〕1号")
    compiler.follow("第 1 版")
    compiler.tells("文号 临政复〔2026〕2号；备案号 备〔2026〕1号")
    compiler.follow("案卷与版本")
    compiler.happened("批准定稿", "备案")
    compiler.press("生成 docx、pdf 和图层")
    expect(page.locator("main").get_by_role("link", name="西单元单元规划（第1版）")).to_have_count(3)
    assert PlanRecord.objects.get(kind="unit").number == "临政复〔2026〕2号"


@pytest.mark.journey
@pytest.mark.requirement("5.3-2", "5.3-6", "5.3-7", "5.3-11")
@pytest.mark.django_db(transaction=True)
def test_a_unit_plan_of_the_centre_waits_for_the_change_of_the_regulatory_plan(desk, acting, tmp_path):
    writer = acting(OFFICE, "officer")
    unit = a_town_unit(writer, "wangyue")
    begun = begin_unit_plan(unit.pk, writer)
    form = read_workbook(take_in(io.BytesIO(a_form(tmp_path)), "单元规划表.xlsx"))
    fill_in(begun.pk, writer, form=form, expected=0)
    compute(begun.pk, writer, str)

    keeper = desk(BUREAU, "clerk")
    open_plan(keeper, unit.number)
    keeper.follow("上位规划", exact=True)
    keeper.follow("登记书面意见")
    record = unit.plan.upper_plans.get(kind="regulatory")
    keeper.fill(不符合=True, 文号="示自然资函〔2026〕7号", 来文日期="2026-02-20", 对照的规划=(record.title,))
    keeper.press("登记")
    expect(keeper.page.locator("main")).to_contain_text("测算之后登记了新的书面意见")

    officer = desk(OFFICE, "officer")
    officer.page.set_default_timeout(COMPUTING)
    open_plan(officer, unit.number)
    officer.press("重新测算")
    officer.press("发起案卷")
    open_plan(officer, unit.number)
    officer.follow("上位规划", exact=True)
    expect(officer.page.locator("main")).to_contain_text("控规调整获批前，单元规划不能批准")
    picture(officer.page, "unit-plan-agreement", whole=True)
    assert_accessible(officer.page)
    officer.press("发起控规调整案卷")
    change = Case.objects.get(instrument="regulatory_plan_change")
    expect(officer.page.locator("main")).to_contain_text(change.number)

    walk = Walk(UnitPlan.objects.get().case_id, acting)
    for item in walk.standing.plan.preconditions:
        officer.open_case(walk.case.title, "审批")
        officer.act("确认前置条件", 文号=f"示政字〔2026〕{item.id}号")
    walk.until("approve")
    city = desk("市政府", "approver")
    city.open_case(walk.case.title)
    city.choose("作出决定")
    city.fill(通过=True, 意见="同意。", 文号="示政复〔2026〕5号")
    city.form_of("作出决定").get_by_role("button", name="作出决定", exact=True).click()
    expect(city.page.locator("main")).to_contain_text("调整尚未获批")
    step_into(change.pk, "file-congress")
    city.open_case(walk.case.title)
    city.act("作出决定", 通过=True, 意见="同意。", 文号="示政复〔2026〕5号")

    narrow = desk(OFFICE, "auditor", size=NARROW)
    narrow.page.goto(f"/plans/unit-plans/{begun.pk}/agreement/")
    narrow.ready()
    narrow.tells("文号 示政复〔2026〕5号")
    expect(narrow.page.locator("main")).to_contain_text(change.number)
    picture(narrow.page, "unit-plan-narrow", whole=True)
    assert_accessible(narrow.page)


def open_plan(desk: Desk, unit: str) -> None:
    """Find the plan of a unit from the main navigation."""
    desk.go("更新规划")
    desk.follow("更新单元", exact=True)
    desk.follow(unit, exact=True)
    desk.follow("第 1 版")
