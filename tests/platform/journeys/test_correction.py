"""What was asked to be corrected is corrected, handed in again and read beside what stood there before."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huancheng.policy.routes.state import StepStatus

COMPILER = ("临河县指定的编制部门", "compiler")


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_correction_shows_what_changed_and_the_clock_stands_meanwhile(desk, begun, move_on):
    plan = begun("unit_plan", opener=COMPILER)
    plan.until("review")
    title = plan.case.title
    due = plan.standing.interpreter.due(plan.standing.state, "review")
    reviewer = desk("临河县自然资源和规划局", "reviewer")
    reviewer.open_case(title)
    reviewer.act("要求补正", 需要补正的内容="请补充现状照片")
    expect(reviewer.page.locator("ol.stations").first).to_contain_text("补正中，停止计时")
    assert plan.standing.step("review").status is StepStatus.STOPPED

    move_on(9)
    compiler = desk(*COMPILER)
    compiler.open_case(title)
    expect(compiler.page.locator("ol.timeline")).to_contain_text("请补充现状照片")
    compiler.follow("编辑内容")
    compiler.form.locator("textarea").first.fill("现状照片十二张，见附册。")
    compiler.press("保存并返回案卷")
    compiler.act("提交补正", 补正说明="已补照片")

    reviewer.open_case(title)
    reviewer.happened("已补照片")
    reviewer.follow("查看与上一稿的差异")
    reviewer.tells("改了 1 部分")
    expect(reviewer.page.locator("ins").first).to_contain_text("现状照片")
    expect(reviewer.page.locator("del").first).to_contain_text("示例文字")
    assert plan.standing.step("review").status is StepStatus.READY
    assert plan.standing.interpreter.due(plan.standing.state, "review").day > due.day


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_a_case_returned_withdrawn_and_handed_in_again_begins_anew(desk, begun):
    plan = begun("unit_plan", opener=COMPILER)
    plan.until("review")
    title = plan.case.title
    reviewer = desk("临河县自然资源和规划局", "reviewer")
    reviewer.open_case(title)
    reviewer.page.locator("form.comment").get_by_label("留言", exact=True).fill("已与县里核对。")
    reviewer.press("留言")
    reviewer.act("退回", 退回至=("编制（临河县指定的编制部门）",), 退回理由="更新方式与专项规划不一致")
    assert plan.ready == ["compile"]

    compiler = desk(*COMPILER)
    compiler.open_case(title)
    compiler.happened("更新方式与专项规划不一致", "已与县里核对。")
    compiler.act("撤回", "撤回案卷", 撤回理由="重新论证更新方式")
    compiler.tells("已撤回")
    assert plan.case.status == "withdrawn"
    compiler.act("重新提交", 说明="更新方式已改")
    assert (plan.case.status, plan.case.round, plan.ready) == ("open", 3, ["designate"])
