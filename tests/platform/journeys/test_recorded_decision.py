"""What a government's meeting decided is entered by a clerk and counts when a second person has checked it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huancheng.platform.casework.models import DecisionRecord
from tests.platform.files import samples

PAPER = "临政纪〔2026〕4号"


@pytest.mark.requirement("5.3-9")
@pytest.mark.django_db(transaction=True)
def test_a_clerk_enters_and_another_confirms(desk, begun):
    plan = begun("unit_plan")
    plan.until("approve")
    recorder = plan.standing.through_of(plan.planned("approve")).name

    clerk = desk(recorder, "clerk")
    clerk.open_case(plan.case.title)
    scan = {"name": "会议纪要.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    clerk.act(
        "登记决定", 通过=True, 纪要号或文号=PAPER, 文件日期="2026-03-02", 决定内容="会议同意该单元规划。", 扫描件=scan,
    )  # fmt: skip
    records = clerk.page.get_by_role("region", name="登记的决定")
    expect(records).to_contain_text("待他人复核")
    clerk.page.locator("summary", has_text="更多办理").click()
    expect(clerk.page.locator(".menu-list").get_by_role("link", name="复核登记")).to_have_count(0)
    assert plan.ready == ["approve"]

    second = desk(recorder, "clerk", 2)
    second.open_case(plan.case.title)
    second.choose("复核登记")
    expect(second.page.locator("main")).to_contain_text("会议同意该单元规划。")
    second.fill(**{"与文件一致，确认": True})
    second.press("提交复核结果")
    second.happened(PAPER, "会议同意该单元规划。")

    record = DecisionRecord.objects.get()
    assert (record.status, record.paper, record.scan is not None) == ("confirmed", PAPER, True)
    assert record.entered_by_id != record.checked_by_id
    assert (plan.case.approved, plan.ready) == (True, ["file"])
