"""Experts are drawn, who is tied to the case is left out; two opinions of three carry the conclusion."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.models import Panel
from huancheng.platform.casework.procedures.experts.domain.pool import keep_expert
from huancheng.policy.routes.state import StepStatus

COMMITTEE = "市城市更新专家委员会"


@pytest.fixture
def pool(acting):
    """Five experts, by the id of their person; the fifth works for the government whose case it is."""
    officer, county = acting("市专班办公室", "officer"), Body.objects.get(name="临河县人民政府")
    people = {acting(COMMITTEE, "expert", number).person: number for number in range(1, 6)}
    for person, number in people.items():
        keep_expert(person, officer, fields=("规划",), employer=county.pk if number == 5 else None)
    return people


@pytest.mark.requirement("8.1-5")
@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_two_opinions_of_three_carry_the_conclusion(desk, waiting_in, pool):
    case = waiting_in("red_line_exception", "experts")
    officer = desk("市专班办公室", "officer")
    officer.open_case(case.case.title)
    officer.choose("抽取专家")
    officer.send("抽取专家", 人数=3)
    expect(officer.page.get_by_role("complementary")).to_contain_text("在本案参与单位工作")
    seats = list(Panel.objects.get().places.select_related("expert"))
    numbers = [pool[seat.expert.person_id] for seat in seats]
    assert len(numbers) == 3
    assert 5 not in numbers

    for number in numbers[:2]:
        expert = desk(COMMITTEE, "expert", number)
        expert.follow("出具专家意见")
        expert.send("提交意见", 赞成=True, 意见=f"专家{number}：方案可行。")
        officer.page.reload()
        officer.tells("1/3" if number == numbers[0] else "可以形成结论")
    officer.send("形成结论", 论证意见汇总="论证同意，补充日照分析。")
    officer.tells("专家论证通过")
    assert case.standing.step("experts").status is StepStatus.PASSED
    assert Panel.objects.get().summary == "论证同意，补充日照分析。"
