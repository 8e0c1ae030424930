"""What a unit plan owes: capacity before and after, shortfalls with projects, lines that protect, townscape."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import geopandas as gpd
import pytest
import shapely
from openpyxl import load_workbook

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault, State
from huancheng.planning.siting import SitingWork
from huancheng.planning.unit_form import PlannedParcel
from huancheng.planning.unit_plan import PlanOrder, UnitForm, compose_unit_plan, read_form, unit_plan_document
from huancheng.planning.unit_plan.ground import unit_ground
from huancheng.planning.unit_plan.land_balance import land_balance
from huancheng.planning.unit_plan.screening import Screened, green_loss, screen
from huancheng.planning.unit_plan.shortfalls import shortfalls
from huancheng.report.unit_plan import duties
from tests.planning import street_town
from tests.planning.filled_form import ABOUT, FACILITIES, PROJECTS, fill

UNIT = shapely.box(-50, -50, 950, 250)


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    """The form of the other tests, with what the principles ask for."""
    projects = [
        [*PROJECTS[0], None, "危险房屋、健身步道", "社区商业", "保留院落与坡顶"], [*PROJECTS[1], "小学", "文化创意"],
    ]  # fmt: skip
    facilities = [FACILITIES[0], [*FACILITIES[1], "分摊协议2026-3"]]
    about = {**ABOUT, "规划人口（人）": 1200, "单元风貌要素": "一街两坊"}
    path = tmp_path_factory.mktemp("duties") / "form.xlsx"
    return read_form(fill(path, about=about, 更新项目=projects, 设施布局=facilities))


@pytest.fixture(scope="module")
def plan(town, book, areas, form, reach):
    return compose_unit_plan(PlanOrder(town, book, areas, "W", form, work=SitingWork(starts=1)), reach)


def with_layer(folder, **layer) -> Snapshot:
    """Return the town with one layer more, or in another state."""
    return street_town.build(folder / "city", **layer)


def ground_of(town):
    return unit_ground(town, street_town.moved(UNIT))


def found_in(screenings, name):
    return next(item for item in screenings if item.id == name)


def shapes(**uses):
    half = [shapely.box(-50, -50, 450, 250), shapely.box(450, -50, 950, 250)]
    geometry = [street_town.moved(shape) for shape in half[: len(uses)]]
    return gpd.GeoDataFrame({"id": list(uses), "use": list(uses.values())}, geometry=geometry, crs=street_town.CRS)


@pytest.mark.requirement("2.1-2")
def test_what_the_unit_carries_stands_before_and_after(plan):
    by = {row.id: row for row in plan.capacity}
    assert (by["residents"].now.amount, by["residents"].planned.amount) == (1050, 1200)
    assert by["floor_per_head"].now.amount == pytest.approx(10_500 / 1050)
    assert by["floor_per_head"].planned.amount == pytest.approx((10_500 - 1200 + 2200) / 1200)
    assert by["public_per_head"].now.amount == 0
    assert by["public_per_head"].planned.amount == pytest.approx(210_000 / 1200)
    assert by["green_per_head"].planned.amount == 0
    assert by["transport_share"].planned.amount == 0
    kindergarten = next(row for row in plan.facilities if row.id == "kindergarten")
    measured = [row for row in plan.facilities if row.beyond_now.is_known]
    mean = sum(1 - row.beyond_now.amount / row.residents.amount for row in measured) / len(measured)
    assert kindergarten in measured
    assert by["within_walk"].now.amount == pytest.approx(mean * 100)
    assert "没有数据，未计入" in by["within_walk"].now.note


@pytest.mark.requirement("2.1-2")
def test_nothing_planned_is_counted_by_head_while_nobody_says_for_how_many(town, book, areas, reach):
    order = PlanOrder(town, book, areas, "W", UnitForm({}), work=SitingWork(starts=1))
    by = {row.id: row for row in compose_unit_plan(order, reach).capacity}
    assert by["residents"].planned.state is State.MISSING
    assert by["green_per_head"].planned.state is State.MISSING
    assert by["transport_share"].planned.state is State.MISSING
    assert by["transport_share"].now.amount == 0


def test_a_number_of_residents_that_is_none_is_refused_with_its_row(tmp_path):
    path = fill(tmp_path / "form.xlsx", about={**ABOUT, "规划人口（人）": "约一千"})
    row = next(row[0].row for row in load_workbook(path)["基本情况"].iter_rows() if row[0].value == "规划人口（人）")
    with pytest.raises(InputFault, match="not a whole number") as caught:
        read_form(path)
    assert (caught.value.row, caught.value.field) == (str(row), "规划人口（人）")


@pytest.mark.requirement("2.3-1")
def test_every_shortfall_names_the_projects_that_close_it(plan):
    by = {item.title: item for item in plan.short}
    assert by["幼儿园"].projects == ("乙",)  # it provides one
    assert by["危险房屋"].figure.amount == 1
    assert by["危险房屋"].projects == ("甲",)  # the form says so
    assert not by["危险房屋"].is_open
    assert by["健身步道"].figure.state is State.MISSING  # only the form speaks of it
    assert by["雨污合流管"].figure.state is State.MISSING
    assert not by["雨污合流管"].is_open


@pytest.mark.requirement("2.3-1")
def test_works_and_safety_are_measured_on_the_units_ground(tmp_path):
    line = shapely.LineString([(0, 100), (1200, 100)])
    town = with_layer(tmp_path / "a", pipes=[
        {"id": "S1", "kind": "combined", "geometry": line}, {"id": "S2", "kind": "storm", "geometry": line},
    ])  # fmt: skip
    by = {
        item.title: item for item in shortfalls(town, ground_of(town), UnitForm({}), facilities=(), tolerated_share=0)
    }
    assert by["雨污合流管"].figure.amount == pytest.approx(950)
    assert by["雨污合流管"].is_open
    town = with_layer(tmp_path / "b", flood_records=[
        {"id": "F1", "severe": True, "geometry": shapely.Point(10, 100)},
        {"id": "F2", "severe": False, "geometry": shapely.Point(1500, 100)},
    ])  # fmt: skip
    by = {
        item.title: item for item in shortfalls(town, ground_of(town), UnitForm({}), facilities=(), tolerated_share=0)
    }
    assert by["积涝点"].figure.amount == 1


def test_buildings_nobody_graded_are_not_called_sound(tmp_path):
    rows = [{**row, "safety_grade": None} for row in street_town.buildings()]
    town = with_layer(tmp_path, buildings=rows)
    by = {
        item.title: item for item in shortfalls(town, ground_of(town), UnitForm({}), facilities=(), tolerated_share=0)
    }
    assert by["危险房屋"].figure.state is State.MISSING


@pytest.mark.requirement("2.5-1")
def test_lines_no_layer_speaks_of_are_never_clear(plan):
    assert {item.state for item in plan.screening} == {Screened.NEEDS_DATA}
    assert "没有水域图层" in found_in(plan.screening, "water").note
    assert "尚无意见" in found_in(plan.screening, "ecological").note


@pytest.mark.requirement("2.5-1")
@pytest.mark.parametrize(
    ("parcels", "state", "words"),
    [
        (None, Screened.NEEDS_DATA, "没有规划地块图层"),
        ({"P1": "residential", "P2": "green"}, Screened.TOUCHES, "地块P1占用水域"),
        ({"P1": "green", "P2": "residential"}, Screened.CLEAR, "未被占用"),
    ],
)
def test_parcels_in_the_water_are_named(tmp_path, parcels, state, words):
    town = with_layer(tmp_path, water=[{"id": "W", "name": "西湖", "geometry": shapely.box(0, 100, 100, 200)}])
    found = screen(town, street_town.moved(UNIT), None if parcels is None else shapes(**parcels), ())
    assert found_in(found, "water").state is state
    assert words in found_in(found, "water").note


def test_water_elsewhere_does_not_matter(tmp_path):
    town = with_layer(tmp_path, water=[{"id": "W", "name": "东湖", "geometry": shapely.box(1500, 100, 1600, 200)}])
    assert found_in(screen(town, street_town.moved(UNIT), None, ()), "water").state is Screened.CLEAR


@pytest.mark.requirement("2.5-1")
def test_historic_areas_and_ground_beyond_the_development_boundary_are_told(tmp_path):
    zones = [{"id": "H", "name": "西街", "kind": "historic_district", "geometry": shapely.box(0, 0, 100, 100)}]
    town = with_layer(tmp_path / "a", heritage_zones=zones)
    found = found_in(screen(town, street_town.moved(UNIT), None, ()), "historic")
    assert (found.state, round(found.area)) == (Screened.TOUCHES, 10_000)
    assert "西街历史文化街区" in found.note
    far = [{**zones[0], "geometry": shapely.box(1500, 0, 1600, 100)}]
    town = with_layer(tmp_path / "b", heritage_zones=far)
    assert found_in(screen(town, street_town.moved(UNIT), None, ()), "historic").state is Screened.CLEAR
    edge = [{"id": "D", "boundary_class": "city", "geometry": shapely.box(-60, -60, 900, 260)}]
    town = with_layer(tmp_path / "c", development_boundary=edge)
    found = found_in(screen(town, street_town.moved(UNIT), None, ()), "development")
    assert (found.state, round(found.area)) == (Screened.TOUCHES, 50 * 300)
    town = with_layer(tmp_path / "d", development_boundary=[{**edge[0], "geometry": shapely.box(-60, -60, 960, 260)}])
    assert found_in(screen(town, street_town.moved(UNIT), None, ()), "development").state is Screened.CLEAR


def test_the_bureaus_opinion_is_named_beside_the_line_it_speaks_for(town):
    said = SimpleNamespace(opinion=SimpleNamespace(number="聊自然资函1号"))
    found = found_in(screen(town, street_town.moved(UNIT), None, (said,)), "ecological")
    assert found.state is Screened.NEEDS_DATA
    assert "聊自然资函1号" in found.note


@pytest.mark.requirement("2.5-1")
def test_green_that_is_lost_asks_for_a_reason(tmp_path, book, areas, reach):
    rows = [*street_town.land_use()[1:], {"id": "G", "use": "green", "geometry": shapely.box(-50, -50, 950, 50)}]
    town = with_layer(tmp_path, land_use=rows)
    parcels = (PlannedParcel("P-1", "green", 60_000.0), PlannedParcel("P-2", "residential", 240_000.0))
    form = UnitForm({}, parcels=parcels)
    silent = green_loss(land_balance(town, ground_of(town), form), "")
    assert silent.area == pytest.approx(40_000)
    assert silent.unexplained
    order = PlanOrder(town, book, areas, "W", form, work=SitingWork(starts=1))
    assert "绿地减少没有说明理由" in compose_unit_plan(order, reach).parts[1].lacking
    told = replace(order, form=replace(form, about={"green_reason": "并入东侧公园"}))
    plan = compose_unit_plan(told, reach)
    assert "绿地减少" not in plan.parts[1].lacking
    assert "并入东侧公园" in said_in(duties.screening_section(plan))


def test_green_that_is_won_or_unknown_asks_for_nothing(town):
    more = land_balance(town, ground_of(town), UnitForm({}, parcels=(PlannedParcel("P", "green", 300_000.0),)))
    assert green_loss(more, "").area == pytest.approx(-300_000)
    assert not green_loss(more, "").unexplained
    assert not green_loss(land_balance(town, ground_of(town), UnitForm({})), "").unexplained


@pytest.mark.requirement("2.5-2", "6.3-4")
def test_townscape_and_trades_are_written_down_for_the_unit_and_its_projects(plan, town, book):
    document = unit_plan_document(plan, town, book)
    assert document["about"]["townscape"] == "一街两坊"
    assert document["townscape"] == [{"project": "甲", "name": "老旧小区改造", "says": "保留院落与坡顶"}]
    assert [item["says"] for item in document["businesses"]] == ["社区商业", "文化创意"]
    words = said_in(duties.townscape_section(plan))
    assert all(one in words for one in ("一街两坊", "保留院落与坡顶", "文化创意"))


@pytest.mark.requirement("6.3-2")
def test_a_shared_facility_names_the_agreement_on_its_costs(plan):
    shared = [item for item in plan.form.facilities if item.shared_with]
    assert [(item.shared_with, item.agreement) for item in shared] == [("东单元", "分摊协议2026-3")]


def test_the_document_says_what_was_found(plan, town, book):
    document = unit_plan_document(plan, town, book)
    assert {item["id"] for item in document["screening"]} == {"water", "historic", "development", "ecological"}
    assert document["green_loss"] == {"area": 0, "reason": "", "unexplained": False}
    assert len(document["capacity"]) == 6
    assert "承载能力" in said_in(duties.capacity_section(plan))
    assert "危险房屋" in said_in(duties.shortfall_section(plan))
    assert "相当" in said_in(duties.screening_section(plan))


def test_a_plan_that_says_nothing_of_townscape_has_no_section(plan, town, book, areas, reach):
    order = PlanOrder(town, book, areas, "W", UnitForm({}), work=SitingWork(starts=1))
    empty = compose_unit_plan(order, reach)
    assert duties.townscape_section(empty) == []
    assert "尚不能计算" in said_in(duties.screening_section(empty))


def said_in(blocks) -> str:
    return repr(blocks)
