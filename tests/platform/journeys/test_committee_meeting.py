"""A planning committee meets: agenda, attendance, votes seat by seat, minutes; a second person confirms the count."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from huancheng.platform.casework.models import AgendaItem
from huancheng.policy.routes.state import StepStatus

HOUSE = "市自然资源和规划局"
SEATS = ("主任委员", "规划委员", "住建委员")


@pytest.mark.requirement("5.2-6")
@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_votes_are_entered_and_confirmed(desk, waiting_in):
    plan = waiting_in("special_plan", "deliberate", "wangyue")
    clerk = desk(HOUSE, "clerk")
    clerk.open_case(plan.case.title)
    clerk.offer("组织会议")
    clerk.follow("组织会议", exact=True)
    clerk.send(
        "建立会议", 会议机构=("市国土空间规划委员会",), 会议名称="2026 年第 1 次会议", 席位="\n".join(SEATS),
    )  # fmt: skip
    clerk.tells("2026 年第 1 次会议")
    if not clerk.page.get_by_role("link", name=plan.case.title).count():
        clerk.unfold("列入议程")
        clerk.page.get_by_label(re.compile(re.escape(plan.case.title))).check()
        clerk.press("列入议程")
    clerk.send("保存签到", **{f"{seat} 到会": True for seat in SEATS})
    clerk.send("保存纪要", 纪要正文="会议审议了专项规划。", 纪要文号="规委纪〔2026〕1号")
    clerk.follow(plan.case.title)
    votes = dict(zip(SEATS, ("同意", "同意", "不同意"), strict=True))
    clerk.send("登记表决", **{f"{seat} 表决": (vote,) for seat, vote in votes.items()}, 决定内容="原则同意")
    expect(clerk.page.get_by_role("note")).to_contain_text("须由另一人复核")
    assert plan.standing.step("deliberate").status is StepStatus.READY

    second = desk(HOUSE, "reviewer")
    second.follow("复核会议表决")
    expect(second.page.get_by_role("region", name="表决结果").first).to_contain_text("原则同意")
    second.press("与纪要一致，确认")
    item = AgendaItem.objects.get()
    assert (item.yes, item.no, item.passed, item.status) == (2, 1, True, "decided")
    assert item.entered_by_id != item.confirmed_by_id
    assert plan.standing.step("deliberate").status is StepStatus.PASSED
