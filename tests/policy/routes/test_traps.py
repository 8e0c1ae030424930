"""The places where a plain reading of the policy goes wrong."""

from datetime import date

import pytest

from huancheng.evidence import InputFault
from huancheng.policy.asking import route_case, say_route
from huancheng.policy.routes.events import Event, EventKind
from huancheng.policy.routes.interpret import Interpreter
from huancheng.policy.routes.plan import RouteOpen, plan_route, select_route


def steps(book, instrument, jurisdiction, **facts):
    plan = plan_route(book, instrument, jurisdiction, facts)
    return [(item.step.kind.value, item.body.name) for item in plan.steps if not item.step.optional]


@pytest.mark.requirement("5.2-4", "5.2-5")
def test_chiping_is_a_district_but_not_of_the_central_city(book):
    assert book.jurisdiction("茌平区").kind == "district"
    assert plan_route(book, "城市更新专项规划", "茌平区").route.id == "special-plan-other"
    assert ("compile", "茌平区人民政府") in steps(book, "专项规划", "茌平区")


@pytest.mark.requirement("5.2-4", "5.2-1", "5.2-2")
def test_development_zones_have_no_special_plan_of_their_own(book):
    assert ("compile", "市自然资源和规划局") in steps(book, "专项规划", "高新技术产业开发区")


@pytest.mark.requirement("5.3-4", "5.3-5", "5.3-7", "5.4-5", "5.6-3")
@pytest.mark.parametrize("zone", ["经济技术开发区", "高新技术产业开发区", "江北水城旅游度假区"])
def test_a_zone_committee_approves_schemes_and_annual_plans_but_never_unit_plans(book, zone):
    own = ("approve", f"{zone}管委会")
    assert own in steps(book, "项目实施方案", zone)
    assert own in steps(book, "年度实施计划", zone)
    assert own not in steps(book, "城市更新单元规划", zone)
    assert ("approve", "市政府") in steps(book, "城市更新单元规划", zone)
    assert steps(book, "城市更新单元规划", zone)[0] == ("designate", f"{zone}管委会")


@pytest.mark.requirement("5.4-4", "5.4-5", "5.4-6")
def test_the_city_reviews_the_annual_plan_after_local_approval_and_the_review_gates(book):
    plan = plan_route(book, "年度实施计划", "冠县")
    kinds = [item.step.kind.value for item in plan.steps]
    assert kinds == ["compile", "approve", "review", "implement"]
    review = plan.step("review")
    assert review.body.name == "市城市更新工作专班"
    assert review.step.gate
    assert plan.step("compile").body.name == "冠县城市更新工作专班"


@pytest.mark.requirement("5.4-6")
@pytest.mark.parametrize("instrument", ["实施主体选定", "项目实施方案", "年中增补"])
@pytest.mark.parametrize("major", [False, True])
def test_what_rests_on_the_annual_plan_waits_for_the_citys_review_not_only_for_local_approval(book, instrument, major):
    waits = plan_route(book, instrument, "冠县", {"重大": major}).preconditions
    assert ("annual_plan", "cleared") in [(item.instrument, item.state) for item in waits]


@pytest.mark.requirement("5.3-1", "5.6-1")
@pytest.mark.parametrize("where", ["冠县", "茌平区", "东昌府区", "经济技术开发区"])
def test_every_jurisdiction_compiles_its_unit_plans_and_the_entity_its_scheme(book, where):
    assert ("compile", f"{where}指定的编制部门") in steps(book, "单元规划", where)
    assert steps(book, "项目实施方案", where)[0] == ("compile", "实施主体")


@pytest.mark.requirement("8.1-3")
def test_the_body_that_compiles_a_zones_annual_plan_is_marked_as_our_default(book):
    assert plan_route(book, "年度实施计划", "高新技术产业开发区").step("compile").basis == "default"
    assert plan_route(book, "年度实施计划", "冠县").step("compile").basis == "seed"


@pytest.mark.requirement("5.6-4")
def test_filing_of_a_scheme_gates_its_start_and_other_filings_hold_nothing(book):
    for route in book.routes:
        for step in route.steps:
            if step.kind == "file":
                gates = route.instrument in ("scheme", "scheme_change")
                assert step.gate is gates, route.id
                assert step.holds is gates, route.id


@pytest.mark.requirement("5.3-7", "5.3-10")
def test_central_unit_plans_have_no_filing_in_the_policy(book):
    filings = [item for item in plan_route(book, "单元规划", "东昌府区").steps if item.step.kind == "file"]
    assert [(item.basis.value, item.step.optional) for item in filings] == [("default", True)]
    other = [item for item in plan_route(book, "单元规划", "莘县").steps if item.step.kind == "file"]
    assert [(item.basis.value, item.step.optional) for item in other] == [("seed", False)]


@pytest.mark.requirement("5.6-5", "5.6-6")
@pytest.mark.parametrize("fact", ["重大", "市级", "跨区域"])
def test_a_recognised_scheme_goes_to_the_city_after_a_local_first_review(book, fact):
    found = steps(book, "项目实施方案", "冠县", **{fact: True})
    review = found.index(("review", "市城市更新工作专班"))
    assert found[review - 1 if fact != "跨区域" else review - 2][1] == "冠县人民政府"
    assert found[review + 1] == ("approve", "市政府")
    assert plan_route(book, "项目实施方案", "冠县", {fact: True}).step("local-review").basis == "default"


@pytest.mark.requirement("7.1-3")
def test_land_supply_waits_for_the_approval_of_the_scheme_only_and_only_for_grants(book):
    granted = plan_route(book, "供地", "冠县", {"拟采用供地方式": "公开招拍挂"})
    assert [(item.instrument, item.state) for item in granted.preconditions] == [("scheme", "approved")]
    assert plan_route(book, "供地", "冠县", {"拟采用供地方式": "划拨"}).preconditions == ()
    scheme = book.routes["scheme-ordinary"]
    assert [step.id for step in scheme.steps].index("approve") < [step.id for step in scheme.steps].index("implement")


@pytest.mark.requirement("8.4-3")
def test_the_named_assessment_covers_city_bureaus_only(book):
    item = book.citations.requirements["8.4-3"][1]
    assert item.condition == "考核对象为市直机关"
    assert "默认做法" in item.check
    assert item.actor_basis == "inferred"
    assert book.supervision.assessment.covers == ("市直机关",)
    assert set(book.supervision.assessment.covers_by_default) == {"县（市、区）人民政府", "市属开发区管委会"}


@pytest.mark.requirement("7.4-2")
def test_a_zone_committee_does_not_confirm_government_recovery_without_delegation(book):
    assert plan_route(book, "政府收回房产土地确认", "经济技术开发区").step("confirm").body.name == "市政府"
    assert plan_route(book, "政府收回房产土地确认", "冠县").step("confirm").body.name == "冠县人民政府"


def test_every_instrument_in_every_jurisdiction_has_exactly_one_route(book):
    looked_up = {
        (item.id, where.id): plan_route(book, item.id, where.id).route.id
        for item in book.instruments
        for where in book.jurisdictions
    }
    assert len(looked_up) == 26 * 11
    assert {book.routes[route].instrument for route in looked_up.values()} == set(book.instruments.entries)


def test_official_names_aliases_and_ids_lead_to_the_same_route(book):
    documents = [
        route_case(book, name, where, {})["route"]
        for name, where in (("城市更新单元规划", "茌平区"), ("单元规划", "chiping"), ("unit_plan", "茌平区"))
    ]
    assert set(documents) == {"unit-plan-other"}


def test_the_json_of_a_route_names_kind_body_gate_basis_clause_and_days(book):
    document = route_case(book, "项目实施方案", "东昌府区", {})
    filing = next(step for step in document["steps"] if step["kind"] == "file")
    assert (filing["body"], filing["gate"], filing["basis"], filing["clause"], filing["days"]) == (
        "市城市更新工作专班",
        True,
        "seed",
        "五(六)",
        15,
    )
    assert filing["days_basis"] == "default"
    assert filing["sender"] == "东昌府区人民政府"
    assert document["pack"]["digest"] == book.pack.digest


def test_a_time_the_policy_does_not_set_is_told_as_our_default(book):
    lines = say_route(route_case(book, "专项规划", "东昌府区", {}))
    assert any("批准　市政府（意见 五(二)；默认20个工作日；关口）" in line for line in lines)
    assert any("公示　市自然资源和规划局" in line and "；30日；" in line for line in lines)


def test_before_the_policy_no_route_and_no_table_of_it_applies(book):
    day = date(2023, 5, 16)
    with pytest.raises(InputFault, match="not in force on 2023-05-16 — ask for a day of 2023-05-17 to …"):
        plan_route(book, "单元规划", "冠县", as_of=day)
    with pytest.raises(InputFault, match="收费与基金减免 is not in force"):
        book.table("收费减免", as_of=day)
    assert book.table("业主表决", as_of=day).rows
    assert plan_route(book, "单元规划", "冠县", as_of=date(2023, 5, 17)).route.id == "unit-plan-other"


def test_how_a_committee_votes_is_our_default_also_in_a_step_of_the_policy(book):
    document = route_case(book, "专项规划", "东昌府区", {})
    deliberation = next(step for step in document["steps"] if step["kind"] == "deliberate")
    assert (deliberation["basis"], deliberation["vote"]["basis"]) == ("seed", "default")


def test_a_fact_that_contradicts_the_jurisdiction_is_refused(book):
    with pytest.raises(InputFault, match="does not fit 茌平区"):
        plan_route(book, "单元规划", "茌平区", {"中心城区": True})


def test_unknown_names_are_answered_with_those_there_are(book):
    with pytest.raises(InputFault, match=r"use one of: .*单元规划"):
        plan_route(book, "单元方案", "茌平区")
    with pytest.raises(InputFault, match="莘县"):
        plan_route(book, "单元规划", "济南市")


def test_a_route_that_hangs_on_an_unknown_fact_is_open_and_names_it(workshop):
    workshop.edit(
        "liaocheng-2023/routes/plans.yaml",
        "when: {in_central_city: true}\n  clause: 五(三)\n  cites: [5.3-1, 5.3-4]",
        "when: {in_central_city: true, supply_mode: 划拨}\n  clause: 五(三)\n  cites: [5.3-1, 5.3-4]",
    )
    book = workshop.book()
    document = route_case(book, "单元规划", "东昌府区", {})
    assert document["route"] is None
    assert document["missing"] == ["supply_mode"]
    with pytest.raises(RouteOpen, match="拟采用供地方式"):
        plan_route(book, "单元规划", "东昌府区")
    with pytest.raises(InputFault, match="exactly one route"):
        select_route(book, book.instruments["unit_plan"], {"in_central_city": True, "supply_mode": "协议出让"})


@pytest.mark.requirement("6.5-3")
def test_demolition_in_a_core_zone_cannot_even_be_asked_for_a_historic_building_or_authentic_remain(book):
    day = date(2024, 5, 6)
    interpreter = Interpreter(book)
    case = interpreter.open("历史建筑审批", "东昌府区", day, {"demolishes_in_core_zone": True})
    state = interpreter.fold([case])
    assert interpreter.missing_preconditions(state) == ("no-protected-building",)
    with pytest.raises(InputFault, match="not met: no-protected-building"):
        interpreter.apply(state, Event(EventKind.COMPLETED, day, "submit"))
    found = Event(EventKind.PRECONDITION_MET, day, to="no-protected-building", paper="真遗存认定书")
    state = interpreter.apply(state, found)
    assert interpreter.apply(state, Event(EventKind.COMPLETED, day, "submit")).steps["submit"].status == "done"


@pytest.mark.requirement("6.5-5")
def test_repairing_a_historic_building_asks_for_no_such_finding(book):
    plan = plan_route(book, "历史建筑审批", "东昌府区", {"demolishes_in_core_zone": False})
    assert plan.preconditions == ()
    document = route_case(book, "历史建筑审批", "东昌府区", {"demolishes_in_core_zone": True})
    assert [(item["basis"], item["clause"]) for item in document["preconditions"]] == [("seed", "六(五)")]
