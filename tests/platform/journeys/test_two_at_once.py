"""Two people decide the same step in two windows: one wins, the other is told and keeps what was typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huancheng.platform.audit.models import Event

TYPED = "我写了很久的意见，不能丢。"


@pytest.mark.django_db(transaction=True)
def test_one_wins_and_the_other_keeps_the_words(desk, begun, acting):
    plan = begun("unit_plan")
    plan.until("review")
    body = "临河县自然资源和规划局"
    quick, slow = (desk(body, "reviewer", number) for number in (1, 2))
    for window in (quick, slow):
        window.open_case(plan.case.title)
        window.choose("作出决定")
    slow.fill(不通过=True, 意见=TYPED)
    quick.fill(通过=True, 意见="同意。")
    quick.press("作出决定")
    slow.form.get_by_role("button", name="作出决定").click()

    told = slow.page.locator("main")
    expect(told.get_by_role("alert")).to_contain_text("这件案卷刚刚被他人办理过")
    expect(told).to_contain_text("同意。")
    expect(told.locator(".kept")).to_have_text(TYPED)

    decided = Event.objects.filter(stream=plan.case.stream, code="case.decide")
    assert [entry.actor for entry in decided] == [acting(body, "reviewer", 1).person]
    assert plan.ready == ["approve"]
