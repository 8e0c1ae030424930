"""A decider lends the post for some days; what the deputy decides is told to be done on the decider's behalf."""

from __future__ import annotations

import pytest

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Person

GOVERNMENT = "临河县人民政府"


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_the_deputy_acts_on_behalf(desk, begun, acting):
    plan = begun("unit_plan")
    plan.until("approve")
    giver, deputy = acting(GOVERNMENT, "approver"), acting(GOVERNMENT, "compiler")
    names = [Person.objects.get(pk=post.person).name for post in (giver, deputy)]

    owner = desk(GOVERNMENT, "approver")
    owner.page.locator("summary", has_text="外观与账户").click()
    owner.through(owner.page.get_by_role("link", name="我的账户"))
    owner.follow("委托")
    owner.send(
        "委托", 受托人=(f"{names[1]}（{GOVERNMENT}）",), 起始日期="2026-03-02", 终止日期="2026-03-31",
        委托依据="临政委〔2026〕1号",
    )  # fmt: skip

    stand_in = desk(GOVERNMENT, "compiler")
    stand_in.page.locator("summary.acting-as").click()
    stand_in.through(stand_in.page.locator(".menu-list button[name=post]", has_text="批准人"))
    stand_in.open_case(plan.case.title)
    stand_in.act("作出决定", 通过=True, 意见="同意。")
    stand_in.happened(f"{names[1]} 代 {names[0]}")

    entry = Event.objects.get(stream=plan.case.stream, code="case.decide", data__event__step="approve")
    assert (entry.actor, entry.on_behalf_of) == (deputy.person, giver.person)
