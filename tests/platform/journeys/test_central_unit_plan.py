"""A unit plan of the central city goes to the city: owners asked, the city's planning bureau, the city government."""

from __future__ import annotations

import pytest

from huancheng.platform.casework.models import OpinionRequest

TITLE = "U1号单元"


@pytest.mark.requirement("5.3-6", "5.3-7", "8.5-2")
@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_the_city_government_approves_after_the_planning_bureau(desk, begun):
    plan = begun("unit_plan", "wangyue")
    plan.until("consult")
    clerk = desk(plan.standing.through_of(plan.planned("consult")).name, "clerk")
    clerk.open_case(TITLE)
    clerk.choose("征询意见")
    clerk.fill(征询事项="单元范围与更新方式")
    clerk.press("发出征询")
    clerk.tells("1 家待答复")
    clerk.follow("填写意见")
    clerk.fill(同意=True, 来文号="居民代表会议纪要 1 号")
    clerk.press("登记意见")
    clerk.tells("均已答复或期满")
    assert OpinionRequest.objects.get().status == "answered"

    bureau = desk("市自然资源和规划局", "reviewer")
    bureau.open_case(TITLE)
    bureau.act("作出决定", 通过=True, 意见="符合专项规划，同意报市政府。")
    city = desk("市政府", "approver")
    city.open_case(TITLE)
    city.act("作出决定", 通过=True, 意见="同意。", 文号="示政复〔2026〕5号")
    city.happened("市政府", "示政复〔2026〕5号", "符合专项规划，同意报市政府。")

    case = plan.case
    assert (case.route, case.approved) == ("unit-plan-central", True)
