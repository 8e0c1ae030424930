"""A special plan: blocked while something lacks, goals from findings, the whole city's sheet, versions told apart."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from huancheng.checkup import run_checkup
from huancheng.evidence import InputFault
from huancheng.planning.special_plan import (
    TEMPLATE,
    compose_special_plan,
    consolidate,
    differences,
    read_input,
    read_special_plan,
    special_plan_document,
    write_sheet,
    write_special_plan,
)
from huancheng.planning.tables import new_folder
from tests.planning import street_town

REGISTER = """\
plans:
- {id: m, title: 总体规划, kind: master, state: approved, number: 示政字〔2024〕3号, layer: ground.gpkg}
- {id: k, title: 西片控规, kind: regulatory, state: approved, number: 示政字〔2022〕1号, layer: ground.gpkg}
"""
WORDS = {
    "title": "中心城区城市更新专项规划",
    "jurisdiction": "central",
    "overall_goal": "补齐短板",
    "strategies": ["先补短板"],
    "key_areas": "key.gpkg",
    "checkups": ["run"],
    "register": "plans.yaml",
    "alternatives": [{"title": "方案一", "folder": "units"}],
    "adopted": "方案一",
}


def write_units(folder, areas, *, breaches=0):
    """Write the part of a result folder of drawn units that a special plan reads."""
    folder.mkdir()
    frame = areas.rename(columns={"id": "unit"}).assign(area=areas.area, population=1000.0)
    frame.to_file(folder / "units.gpkg", layer="units", driver="GPKG")
    certificate = {
        "format": 1, "method": "computed", "units": len(areas), "units_bound": 3, "status": "feasible", "bound": 0.4,
        "gap": 0.2, "objective": {"value": 0.5, "parts": [{"term": "compactness", "value": 0.5}]},
        "audit": {"firm": {"no": breaches, "needs_data": 1}}, "profile": {"title": "默认规则", "basis": "default"},
    }  # fmt: skip
    (folder / "units.json").write_text(json.dumps(certificate), encoding="utf-8")


@pytest.fixture(scope="session")
def checkup_run(town, tmp_path_factory):
    return run_checkup(town, "national-2023", tmp_path_factory.mktemp("checkup") / "run")


@pytest.fixture
def desk(tmp_path, areas, checkup_run):
    """A folder with everything a plan names."""
    key = areas.assign(direction=["补齐设施", "产城融合"])
    key.to_file(tmp_path / "key.gpkg", driver="GPKG")
    ground = gpd.GeoDataFrame({"id": ["g"]}, geometry=[areas.union_all().buffer(100)], crs=areas.crs)
    ground.to_file(tmp_path / "ground.gpkg", driver="GPKG")
    (tmp_path / "plans.yaml").write_text(REGISTER, encoding="utf-8")
    (tmp_path / "run").symlink_to(checkup_run.folder)
    write_units(tmp_path / "units", areas)
    return tmp_path


def given(desk, **changed):
    answers = [{"indicator": name, "goal": f"解决{name}", "target": "90%"} for name in changed.pop("answered", ())]
    words = {**WORDS, "goals": answers, **changed}
    (desk / "plan.yaml").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    return read_input(desk / "plan.yaml")


def found_in(run):
    return run.actions["indicator"].tolist()


@pytest.fixture
def compose(desk, town, book, checkup_run):
    def make(**changed):
        changed.setdefault("answered", found_in(checkup_run))
        return compose_special_plan(town, book, given(desk, **changed))

    return make


@pytest.mark.requirement("5.2-1", "5.2-2")
def test_a_plan_that_cites_everything_is_not_blocked(compose):
    plan = compose()
    assert plan.blocked == ()
    assert plan.jurisdiction == "中心城区"
    assert [item.system for item in plan.checkups] == ["national-2023"]
    assert [item.number for item in plan.upper] == ["示政字〔2024〕3号", "示政字〔2022〕1号"]
    assert [item.verdict.value for item in plan.agreements] == ["conforms", "conforms"]
    assert plan.key_areas["direction"].tolist() == ["补齐设施", "产城融合"]


@pytest.mark.requirement("5.2-1")
@pytest.mark.parametrize(
    ("lacking", "reason"),
    [
        ({"checkups": [], "answered": []}, "没有引用已完成的城市体检"),
        ({"register": ""}, "没有引用已批准的国土空间总体规划"),
        ({"register": ""}, "没有引用已批准的控制性详细规划"),
        ({"key_areas": ""}, "没有重点区域图层"),
        ({"overall_goal": ""}, "没有总体目标"),
        ({"strategies": []}, "没有发展策略"),
        ({"adopted": ""}, "没有采用的单元划定方案"),
        ({"answered": []}, "没有对应目标"),
    ],
)
def test_what_lacks_blocks_the_plan_and_is_named(compose, lacking, reason):
    assert any(reason in words for words in compose(**lacking).blocked)


def test_a_plan_under_compilation_is_no_upper_plan(desk, compose):
    (desk / "plans.yaml").write_text(REGISTER.replace("state: approved", "state: compiling"), encoding="utf-8")
    assert any("国土空间总体规划" in words for words in compose().blocked)


def test_a_division_that_breaks_a_firm_rule_blocks_the_plan(desk, compose, areas):
    write_units(desk / "bad", areas, breaches=2)
    plan = compose(alternatives=[{"title": "方案二", "folder": "bad"}], adopted="方案二")
    assert any("2 项刚性规则未满足" in words for words in plan.blocked)


@pytest.mark.requirement("5.1-5")
def test_every_finding_of_the_checkup_is_carried_with_its_figure(compose, checkup_run):
    plan = compose(answered=found_in(checkup_run)[:1])
    assert [goal.indicator for goal in plan.goals] == found_in(checkup_run)
    stored = checkup_run.headline.set_index("indicator")
    for goal in plan.goals:
        assert goal.figure.amount == pytest.approx(stored.loc[goal.indicator, "amount"])
        assert goal.action
    assert [goal.answered for goal in plan.goals] == [True] + [False] * (len(plan.goals) - 1)


def test_a_goal_for_nothing_found_is_refused(compose):
    with pytest.raises(InputFault, match="no problem was found"):
        compose(answered=["2023-X-99"])


def test_a_checkup_of_another_city_is_refused(desk, book, tmp_path_factory):
    other = street_town.build(tmp_path_factory.mktemp("other") / "city", facilities=None)
    with pytest.raises(InputFault, match="another snapshot"):
        compose_special_plan(other, book, given(desk))


def test_alternatives_stand_side_by_side_with_their_claims(desk, compose, areas):
    write_units(desk / "second", areas.iloc[:1])
    both = [{"title": "方案一", "folder": "units"}, {"title": "方案二", "folder": "second"}]
    rows = [item.row for item in compose(alternatives=both).alternatives]
    assert [(row["title"], row["units"], row["gap"], row["adopted"]) for row in rows] == [
        ("方案一", 2, 0.2, True), ("方案二", 1, 0.2, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"adopted": "方案九"}, "is no alternative"), ({"colour": "red"}, "Extra"), ({"title": ""}, "at least 1")],
)
def test_an_input_that_cannot_be_used_is_refused(desk, changed, words):
    with pytest.raises(InputFault, match=words):
        given(desk, **changed)


def test_key_areas_without_directions_are_refused(desk, compose, areas):
    areas.to_file(desk / "bare.gpkg", driver="GPKG")
    with pytest.raises(InputFault, match="no directions"):
        compose(key_areas="bare.gpkg")


def test_the_template_reads_back(tmp_path):
    (tmp_path / "plan.yaml").write_text(TEMPLATE.format(title="规划", jurisdiction="central"), encoding="utf-8")
    assert read_input(tmp_path / "plan.yaml").words.title == "规划"


def written(plan, town, book, folder: Path):
    new_folder(folder)
    write_special_plan(plan, special_plan_document(plan, town, book), folder, town.crs)
    return folder


def test_the_folder_says_what_the_plan_says(compose, town, book, tmp_path):
    document = read_special_plan(written(compose(), town, book, tmp_path / "out"))
    assert document["blocked"] == []
    assert [item["name"] for item in document["key_areas"]] == ["西单元", "东单元"]
    assert len(document["units"]) == 2
    assert document["checkups"][0]["snapshot"] == town.manifest.digest


@pytest.mark.requirement("5.2-9")
def test_the_citys_sheet_joins_the_plans_and_names_those_that_lack(compose, town, book, tmp_path):
    central = written(compose(), town, book, tmp_path / "central")
    county = written(compose(jurisdiction="阳谷县", title="阳谷县专项规划"), town, book, tmp_path / "county")
    sheet = consolidate(book, [county, central])
    assert sheet.rows[0].title == "中心城区"
    assert len(sheet.rows) == 8
    assert set(sheet.missing) == {"临清市", "茌平区", "莘县", "东阿县", "冠县", "高唐县"}
    assert set(sheet.units["jurisdiction"]) == {"中心城区", "阳谷县"}
    assert len(sheet.key_areas) == 4
    document = write_sheet(sheet, tmp_path / "sheet")
    assert [row["units"] for row in document["plans"] if not row["missing"]] == [2, 2]
    assert (tmp_path / "sheet" / "city_wide.gpkg").is_file()


def test_two_plans_for_one_jurisdiction_or_one_for_none_are_refused(compose, town, book, tmp_path):
    central = written(compose(), town, book, tmp_path / "central")
    with pytest.raises(InputFault, match="two plans"):
        consolidate(book, [central, central])
    zone = written(compose(jurisdiction="高新区"), town, book, tmp_path / "zone")
    with pytest.raises(InputFault, match="no special plan of its own"):
        consolidate(book, [zone])


def test_no_plan_yet_leaves_all_missing(book):
    sheet = consolidate(book, [])
    assert len(sheet.missing) == 8
    assert sheet.units is None


def test_a_plan_does_not_differ_from_itself(compose, town, book, tmp_path):
    one = written(compose(), town, book, tmp_path / "one")
    assert differences(one, one) == ()


def test_what_changed_between_versions_is_told(desk, compose, town, book, tmp_path, areas):
    one = written(compose(), town, book, tmp_path / "one")
    shapes = areas.geometry.tolist()
    moved = areas.assign(geometry=[shapely.box(*(np.array(shapes[0].bounds) - [0, 0, 100, 0])), shapes[1]])
    moved = moved.assign(direction=["补齐设施", "更新产业"])
    moved.to_file(desk / "moved.gpkg", driver="GPKG")
    write_units(desk / "fewer", areas.iloc[:1])
    later = compose(
        overall_goal="再补短板", key_areas="moved.gpkg", alternatives=[{"title": "方案一", "folder": "fewer"}]
    )
    other = written(later, town, book, tmp_path / "other")
    changes = {(change.part, change.key, change.kind, change.field) for change in differences(one, other)}
    assert changes == {
        ("总体目标", "", "changed", "overall_goal"),
        ("重点区域", "W", "changed", "范围"),
        ("重点区域", "E", "changed", "direction"),
        ("更新单元", "E", "removed", ""),
    }
    ground = next(change for change in differences(one, other) if change.field == "范围")
    assert (ground.before, ground.after) == ("减 30,000 平方米", "增 0 平方米")


def test_a_folder_without_a_plan_is_refused(tmp_path):
    with pytest.raises(InputFault, match="no special plan here"):
        read_special_plan(tmp_path)
    (tmp_path / "special_plan.json").write_text("{}")
    with pytest.raises(InputFault, match="no special plan"):
        read_special_plan(tmp_path)
