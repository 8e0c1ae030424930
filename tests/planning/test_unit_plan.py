"""A unit plan of the western unit: figures now and planned, red lines and their repair, land that adds up."""

from __future__ import annotations

import json
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.evidence import InputFault, State
from huancheng.planning.completeness import completeness_rules
from huancheng.planning.plan_register import PlanRegister, read_register
from huancheng.planning.siting import SitingWork
from huancheng.planning.unit_form import MoneyLine, PlannedFacility, PlannedParcel, PlannedProject
from huancheng.planning.unit_plan import (
    PlanOrder,
    UnitForm,
    compose_unit_plan,
    read_form,
    unit_plan_document,
    write_unit_plan,
)
from huancheng.planning.unit_plan.economics import FundingTable, rough_estimate, shares_of_sources
from huancheng.planning.unit_plan.ground import unit_ground
from huancheng.planning.unit_plan.indicators import control_indicators
from huancheng.planning.unit_plan.land_balance import land_balance
from huancheng.planning.unit_plan.red_lines import LineState, check_red_lines
from huancheng.planning.unit_plan.repair import propose_repair
from huancheng.planning.unit_plan.sequence import sequence
from tests.planning import street_town
from tests.planning.filled_form import fill

NOTHING = UnitForm({})
AREA = 1000 * 300.0


@pytest.fixture(scope="session")
def form(tmp_path_factory):
    return read_form(fill(tmp_path_factory.mktemp("form") / "form.xlsx"))


@pytest.fixture(scope="session")
def order(town, book, areas, form):
    return PlanOrder(town, book, areas, "W", form, work=SitingWork(starts=2))


@pytest.fixture(scope="session")
def plan(order, reach):
    return compose_unit_plan(order, reach)


@pytest.fixture(scope="session")
def ground(town, areas):
    return unit_ground(town, areas.geometry.iloc[0])


def line(lines, level, fact):
    return next(item for item in lines if item.level == level and item.fact == fact)


def project(**columns):
    given_ = {"illegal_area": 0.0, "dangerous_area": 0.0, "added_area": 0.0, "public_area": 0.0, "relocated": 0,
              "settled_nearby": 0, "demolished_area": 0.0, "existing_area": 1000.0}  # fmt: skip
    return PlannedProject("甲", "甲", "混合", **{**given_, **columns})


@pytest.mark.requirement("5.3-1", "5.3-3")
def test_the_five_parts_are_there_or_what_lacks_is_named(plan, order, reach):
    assert [part.title for part in plan.parts] == [
        "发展定位", "规划控制指标", "基础设施及公共服务设施布局", "经济分析及资金来源安排", "地块（项目）实施时序",
    ]  # fmt: skip
    assert all(part.complete for part in plan.parts)
    empty = compose_unit_plan(replace(order, form=NOTHING, work=SitingWork(starts=1)), reach)
    assert all(part.lacking for part in empty.parts)


def test_indicators_stand_beside_each_other_now_and_planned(plan):
    by = {item.id: item for item in plan.indicators}
    assert by["floor_area"].now.amount == pytest.approx(10 * 1000 + 500)
    assert by["floor_area"].planned.amount == pytest.approx(10_500 - 1200 + 2200)
    assert by["far"].now.amount == pytest.approx(10_500 / AREA)
    assert by["coverage"].now.amount == pytest.approx(11 * 400 / AREA * 100)
    assert by["coverage"].planned.amount == pytest.approx(25 * 0.3 + 10 * 0.7)
    assert by["height"].now.amount == 18
    assert by["height"].planned.amount == 24
    assert by["green"].now.state is State.MISSING
    assert by["demolition_share"].planned.amount == pytest.approx(1200 / 10_500 * 100)
    assert by["rebuild_ratio"].planned.amount == pytest.approx(2200 / 1200)
    assert by["resettlement_share"].planned.amount == 60


def test_a_building_across_the_boundary_counts_by_its_area(town):
    half = unit_ground(town, shapely.box(*street_town.moved(shapely.box(-50, -50, 100, 50)).bounds))
    assert half.total("floor_area") == pytest.approx(1500)


def test_what_the_form_leaves_empty_is_missing_and_never_zero(town, ground):
    half_said = UnitForm({}, projects=(PlannedProject("甲", "甲", "改", demolished_area=5.0),))
    for form in (NOTHING, half_said):
        planned = {item.id: item.planned for item in control_indicators(town, ground, form)}
        assert planned["rebuild_ratio"].state is State.MISSING
        assert planned["green"].state is State.MISSING


def test_nothing_demolished_and_nobody_moved_makes_ratios_not_apply(town, ground):
    form = UnitForm({}, projects=(project(),))
    planned = {item.id: item.planned for item in control_indicators(town, ground, form)}
    assert planned["rebuild_ratio"].state is State.NOT_APPLICABLE
    assert planned["resettlement_share"].state is State.NOT_APPLICABLE
    assert planned["demolition_share"].amount == 0


@pytest.mark.requirement("6.1-2")
def test_the_land_balance_adds_up_to_the_unit_now_and_planned(plan):
    assert plan.land.area == pytest.approx(AREA)
    assert plan.land.total("now") == pytest.approx(AREA, abs=1e-6)
    assert plan.land.total("planned") == pytest.approx(AREA, abs=1e-6)
    by = {row.use: row for row in plan.land.rows}
    assert by["residential"].now.amount == pytest.approx(100_000)
    assert by["rest"].now.amount == pytest.approx(200_000)
    assert by["public_service"].planned.amount == 210_000


@given(st.lists(st.tuples(st.sampled_from(["residential", "green", "commercial"]), st.floats(0, 2e5)), max_size=6))
def test_whatever_is_planned_no_ground_is_lost_or_won(town, ground, drawn):
    parcels = tuple(PlannedParcel(str(number), use, area) for number, (use, area) in enumerate(drawn))
    found = land_balance(town, ground, UnitForm({}, parcels=parcels))
    assert found.total("now") == pytest.approx(AREA, abs=1e-6)
    if parcels:
        assert found.total("planned") == pytest.approx(AREA, abs=1e-6)
        assert bool(found.note) == (sum(area for _, area in drawn) > AREA + 1)
    else:
        assert found.total("planned") is None


def test_red_lines_are_tested_for_the_unit_and_for_each_project(book, form):
    lines = check_red_lines(book, 10_500.0, form.projects)
    assert {item.level for item in lines} == {"", "甲", "乙"}
    assert {item.fact for item in lines} == {"demolition_ratio", "build_demolish_ratio", "nearby_rate"}
    assert line(lines, "", "demolition_ratio").figure == pytest.approx(1100 / 10_500)
    assert {item.state for item in lines} <= {LineState.HELD, LineState.NOT_APPLICABLE}
    assert line(lines, "乙", "nearby_rate").state is LineState.NOT_APPLICABLE
    assert all(item.text and item.cites for item in lines)


@pytest.mark.parametrize(
    ("columns", "fact", "state", "exception"),
    [
        ({"demolished_area": 200.0}, "demolition_ratio", LineState.HELD, ""),
        ({"demolished_area": 200.01}, "demolition_ratio", LineState.BREACH, "red_line_exception"),
        ({"demolished_area": 300.0, "illegal_area": 100.0}, "demolition_ratio", LineState.HELD, ""),
        ({"demolished_area": 300.0, "illegal_area": None}, "demolition_ratio", LineState.NEEDS_DATA, ""),
        ({"demolished_area": 100.0, "added_area": 200.0}, "build_demolish_ratio", LineState.HELD, ""),
        ({"demolished_area": 100.0, "added_area": 201.0}, "build_demolish_ratio", LineState.BREACH,
         "red_line_exception"),
        ({"demolished_area": 100.0, "added_area": 201.0, "public_area": 1.0}, "build_demolish_ratio",
         LineState.HELD, ""),
        ({"relocated": 10, "settled_nearby": 5}, "nearby_rate", LineState.HELD, ""),
        ({"relocated": 10, "settled_nearby": 4}, "nearby_rate", LineState.WARNING, ""),
        ({"relocated": 10, "settled_nearby": None}, "nearby_rate", LineState.NEEDS_DATA, ""),
    ],
)  # fmt: skip
def test_each_red_line_at_its_very_edge(book, columns, fact, state, exception):
    found = line(check_red_lines(book, 1000.0, [project(**columns)]), "甲", fact)
    assert (found.state, found.exception) == (state, exception)
    assert bool(found.missing) == (state is LineState.NEEDS_DATA)
    assert found.state.label


def test_without_projects_no_line_is_passed(book):
    assert {item.state for item in check_red_lines(book, 1000.0, [])} == {LineState.NEEDS_DATA}


PROJECTS = st.lists(
    st.tuples(
        st.integers(100, 20_000), st.floats(0, 1), st.floats(0, 1), st.integers(0, 60_000), st.floats(0, 1),
        st.integers(0, 200), st.floats(0, 1),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


@given(PROJECTS)
def test_the_proposed_repair_holds_every_line_and_never_asks_for_more(book, drawn):
    projects = [
        PlannedProject(
            str(number), f"项目{number}", "混合", float(existing), round(existing * share, 2),
            round(existing * share * illegal, 2), 0.0, float(added), round(added * public, 2), moved, int(moved * near),
        )
        for number, (existing, share, illegal, added, public, moved, near) in enumerate(drawn)
    ]  # fmt: skip
    existing = sum(one.existing_area or 0 for one in projects)
    lines = check_red_lines(book, existing, projects)
    repair = propose_repair(lines, existing, projects)
    broken = [one for one in lines if one.state in (LineState.BREACH, LineState.WARNING)]
    assert (repair is None) == (not broken)
    if repair is None:
        return
    after = check_red_lines(book, existing, repair.projects)
    assert not [one for one in after if one.state in (LineState.BREACH, LineState.WARNING)]
    for before, later in zip(projects, repair.projects, strict=True):
        assert later.demolished_area <= before.demolished_area
        assert later.added_area <= before.added_area
        assert later.settled_nearby >= before.settled_nearby
    assert all(step.reason for step in repair.steps)


def test_a_repair_names_sound_buildings_that_could_stay(ground, book):
    projects = [project(existing_area=10_500.0, demolished_area=4000.0)]
    repair = propose_repair(check_red_lines(book, 10_500.0, projects), 10_500.0, projects, ground)
    assert repair.steps[0].after == 2100
    assert [name for name, _ in repair.keep] == ["B0900", "B0800"]
    assert "BACK" not in dict(repair.keep)


@pytest.mark.requirement("2.1-1")
def test_public_facilities_before_and_after(order, reach, form):
    west_end = gpd.GeoSeries([street_town.moved(shapely.Point(800, 0))], crs=street_town.CRS).to_crs(4490).iloc[0]
    placed = PlannedFacility("幼儿园", "新园", longitude=west_end.x, latitude=west_end.y)
    plan = compose_unit_plan(replace(order, form=replace(form, facilities=(placed,))), reach)
    row = next(row for row in plan.facilities if row.id == "kindergarten")
    assert (row.count_now.amount, row.count_planned.amount) == (1, 2)
    assert (row.beyond_now.amount, row.beyond_planned.amount) == (250, 50)
    assert row.demand is None
    missing = next(row for row in plan.facilities if row.id == "middle_school")
    assert missing.count_now.state is State.MISSING


@pytest.mark.requirement("6.3-1")
def test_a_gap_names_its_project_and_a_facility_without_a_place_is_not_walked_to(plan):
    row = next(row for row in plan.facilities if row.id == "kindergarten")
    assert row.count_planned.amount == 2
    assert row.beyond_planned.amount == row.beyond_now.amount == 250
    assert row.projects == ("乙",)
    assert "没有位置" in row.note
    assert [item.type for item in plan.municipal] == ["雨污水管网"]


def test_a_gap_that_remains_gets_a_site_with_its_claim(plan):
    row = next(row for row in plan.facilities if row.id == "kindergarten")
    assert row.demand.facilities == 1
    assert row.proposal.status == "optimal"
    assert row.proposal.served == 200
    assert [name for name, _, _ in row.proposal.sites] == ["Q3"]


@pytest.mark.requirement("6.3-3")
def test_smart_works_are_named_by_kind_and_project(plan, town, book):
    document = unit_plan_document(plan, town, book)
    assert document["smart_works"] == [{"name": "西街雨污分流", "kind": "智能化市政基础设施", "project": "甲"}]
    rules = completeness_rules(book)
    assert "智能化市政基础设施" in rules.smart_works.kinds
    assert rules.smart_works.certainty.needs_badge


def test_money_is_declared_and_a_lacking_side_is_no_balance(form):
    table = rough_estimate(form)
    assert table.shortfall.amount == 500
    assert [(one.item, share) for one, share in shares_of_sources(table)] == [("财政", 1.0)]
    costs_only = rough_estimate(UnitForm({}, money=(MoneyLine("支出", "建设", 5.0),)))
    assert costs_only.shortfall.state is State.MISSING
    assert FundingTable(()).total("收入").state is State.MISSING
    assert shares_of_sources(costs_only) == []


def test_projects_follow_those_they_wait_for(form):
    steps = sequence(form.projects, form.parcels, "form.xlsx")
    assert [(step.order, step.project.id, step.parcels) for step in steps] == [(1, "甲", ("P-1",)), (2, "乙", ("P-2",))]
    assert not steps[1].note
    early = replace(form.projects[1], start=2027)
    assert "早于前置项目甲完成的2028年" in sequence((form.projects[0], early), (), "f")[1].note


def test_projects_that_wait_for_each_other_are_refused(form):
    one, other = form.projects
    with pytest.raises(InputFault, match="wait for each other"):
        sequence((replace(one, after=("乙",)), other), (), "f.xlsx")


@pytest.mark.requirement("5.3-2")
def test_a_plan_is_held_against_the_upper_plans_of_the_register(order, reach, tmp_path, areas):
    parcels = gpd.GeoDataFrame(
        {"id": ["P-1", "P-2"]}, crs=street_town.CRS,
        geometry=[
            street_town.moved(shapely.box(-50, -50, 250, 250)), street_town.moved(shapely.box(250, -50, 950, 250)),
        ],
    )  # fmt: skip
    parcels.assign(far_max=[1.0, 0.5]).to_file(tmp_path / "kg.gpkg", layer="kg", driver="GPKG")
    (tmp_path / "plans.yaml").write_text(
        "plans:\n- {id: k, title: 西片控规, kind: regulatory, state: approved, number: n, layer: 'kg.gpkg#kg'}\n",
        encoding="utf-8",
    )
    register = read_register(tmp_path / "plans.yaml")
    plan = compose_unit_plan(replace(order, parcels=parcels, register=register, register_folder=tmp_path), reach)
    (found,) = plan.agreements
    assert [(one.aspect, one.parcel) for one in found.differences] == [("容积率", "P-1")]
    assert plan.regulatory.needed is True
    strange = parcels.assign(id=["P-1", "P-9"])
    with pytest.raises(InputFault, match="has no 'P-2'"):
        compose_unit_plan(replace(order, parcels=strange), reach)


def test_shared_facilities_and_parks_of_the_unit_are_in_its_plan(plan):
    assert {item.facility for item in plan.shared} == {"K2", "H1"}
    assert len(plan.parks.pairs) == 1
    assert plan.card.area == "W"


def test_an_unknown_unit_is_refused_with_those_there_are(order, reach):
    with pytest.raises(InputFault, match="no unit 'N'") as caught:
        compose_unit_plan(replace(order, unit="N"), reach)
    assert "W" in caught.value.cure


def test_the_folder_says_what_the_plan_says(plan, town, book, tmp_path):
    document = unit_plan_document(plan, town, book)
    write_unit_plan(plan, document, tmp_path)
    stored = json.loads((tmp_path / "unit_plan.json").read_text("utf-8"))
    assert stored["unit"]["id"] == "W"
    assert {item["state"] for item in stored["red_lines"]} <= {"held", "not_applicable"}
    assert stored["repair"] is None
    assert stored["regulatory_change"]["needed"] is None
    assert stored["pack"]["id"] == "liaocheng-2023"
    assert all("provenance" in item["now"] or "state" in item["now"] for item in stored["indicators"])
    assert (tmp_path / "unit_plan.gpkg").is_file()


def test_a_register_without_plans_leaves_the_question_open(plan):
    assert plan.agreements == ()
    assert plan.regulatory.needed is None
    assert PlanRegister().opinion("W", "x") is None
