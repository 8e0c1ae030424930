"""A draft hangs out; somebody of the public objects without signing in, is answered, and the notice ends in time."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from huancheng.platform.casework.models import Objection
from huancheng.policy.routes.state import StepStatus
from tests.platform.journeys.desk import Desk


@pytest.mark.requirement("8.5-2")
@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_an_objection_is_answered_before_the_notice_ends(desk, open_page, waiting_in, move_on):
    plan = waiting_in("special_plan", "notice")
    clerk = desk(plan.standing.through_of(plan.planned("notice")).name, "clerk")
    clerk.open_case(plan.case.title)
    clerk.choose("发布公示")
    clerk.send("发布公示", 标题="专项规划草案公示", 公示内容="现予公示，欢迎提出意见。")
    clerk.tells("公示中")

    visitor = Desk(open_page())
    visitor.page.goto("/notices/")
    visitor.follow("专项规划草案公示")
    visitor.send("提交意见", 您的意见="运河边的老街请整体保留。")
    visitor.tells("意见已收到")
    receipt = visitor.page.locator("strong code").inner_text()

    clerk.go("工作台")
    clerk.follow("答复公示异议")
    form = clerk.form_of("答复所选意见")
    form.get_by_label(re.compile("老街")).check()
    clerk.send("答复所选意见", 采纳=True, 答复="老街已划入保留范围。")
    visitor.follow("查询意见答复")
    visitor.send("查询", 回执编号=receipt)
    visitor.tells("您的意见已答复")
    expect(visitor.page.locator("main")).to_contain_text("老街已划入保留范围。")

    own = desk("临河县人民政府", "clerk")
    for told, days in (("公示期满且意见全部答复后，才能办结", 31), ("意见均已答复", 0)):
        own.open_case(plan.case.title)
        own.through(own.page.get_by_role("region", name="环节内办理").get_by_role("link").first)
        expect(own.page.locator("main")).to_contain_text(told)
        move_on(days)
    own.send("办结公示", 公示情况="收到意见 1 条，已采纳。")
    assert plan.standing.step("notice").status is StepStatus.DONE
    assert Objection.objects.get().verdict == "accepted"
