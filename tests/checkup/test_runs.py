# ruff: noqa: PD011 -- `values` is the table of values
"""A whole check-up: one value store whose totals are the sums of their parts, the same every time."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from huancheng.checkup import CheckupRun, load_ruleset, run_checkup
from huancheng.checkup.declared.reading import Declared
from huancheng.checkup.results.breakdown import OUTSIDE, check_sums, city_sums
from huancheng.checkup.running import class_of
from huancheng.evidence import InputFault, State

KINDS = ("county", "managed_area", "street", "community")


@pytest.fixture(scope="module")
def result(tmp_path_factory, little):
    """The little city with three homes of gas hazard, checked up once."""
    folder = tmp_path_factory.mktemp("result")
    layers = little.base_layers()
    for name in ("E1-B0", "E3-B0", "E4-B0"):
        little.find(layers["buildings"], name)["gas_hazard"] = True
    return run_checkup(little.build(folder / "city", layers), "national-2023", folder / "run")


def test_every_indicator_has_one_row_for_the_city_in_the_system_s_order(result):
    assert result.headline["indicator"].tolist() == [
        item.id for item in load_ruleset("national-2023").system.indicators
    ]


def test_a_count_is_told_for_every_zone_and_estate(result):
    def amounts(kind):
        frame = result.drill_down("2023-H-02", kind)
        return dict(zip(frame["scope_id"], frame["amount"], strict=True))

    assert amounts("city") == {"": 3.0}
    assert amounts("county") == {"D1": 3.0}
    assert amounts("street") == {"S1": 1.0, "S2": 2.0}
    assert amounts("community") == {"M11": 1.0, "M12": 0.0, "M21": 1.0, "M22": 1.0}
    assert amounts("estate") == {"E1": 1.0, "E2": 0.0, "E3": 1.0, "E4": 1.0}
    assert set(result.drill_down("2023-H-02", "building")["feature_id"]) == {"E1-B0", "E3-B0", "E4-B0"}


def test_a_zone_inside_a_district_answers_for_its_own_ground(result):
    frame = result.drill_down("2023-H-02", "managed_area")
    assert dict(zip(frame["scope_name"], frame["amount"], strict=True)) == {"东区政府": 2.0, "高新区": 1.0}


def test_a_managed_area_that_is_no_longer_in_force_does_not_appear(result):
    assert "旧区" not in set(result.values["scope_name"])


@pytest.mark.parametrize("kind", KINDS)
def test_numerators_of_all_zones_add_up_to_the_total(result, kind):
    values = result.values[result.values["state"] != "missing"]
    for _, rows in values.groupby("indicator"):
        zones = rows[rows["scope_kind"] == kind]
        if len(zones) and rows.iloc[0]["operator"] != "max_area":
            assert zones["numerator"].sum() == pytest.approx(rows.iloc[0]["numerator"], rel=1e-9, abs=1e-9)


def test_what_lies_in_no_zone_stands_in_a_row_of_its_own(run, layers, little):
    street = little.find(layers["divisions"], "S2")
    street["geometry"] = little.box(1500, -500, 2500, 2500)
    little.find(layers["buildings"], "E3-B0")["gas_hazard"] = True
    frame = run().drill_down("2023-H-02", "street")
    assert dict(zip(frame["scope_name"], frame["amount"], strict=True)) == {
        "西街道": 0.0,
        "东街道": 0.0,
        OUTSIDE["street"]: 1.0,
    }
    assert frame.loc[frame["amount"] == 1, "scope_id"].tolist() == [""]


def test_a_kind_of_zone_the_snapshot_lacks_has_no_rows(run, layers):
    layers["managed_areas"] = []
    assert "managed_area" not in set(run().values["scope_kind"])


def test_listed_features_add_up_to_each_count(result):
    for indicator, rows in result.features.groupby("indicator"):
        value = result.headline.set_index("indicator").loc[indicator]
        total = value["numerator"] if np.isnan(value["denominator"]) else value["denominator"] - value["numerator"]
        assert rows["amount"].sum() == pytest.approx(total, rel=1e-9)


def test_a_feature_knows_its_zones_and_its_place(result, little):
    row = result.features.set_index(["indicator", "feature_id"]).loc[("2023-H-02", "E4-B0")]
    names = ("county", "managed_area", "street", "community", "estate")
    assert row[list(names)].tolist() == ["D1", "A2", "S2", "M22", "E4"]
    assert (row["x"] - little.ORIGIN[0], row["y"] - little.ORIGIN[1]) == pytest.approx((1290, 1295), abs=20)


def test_missing_not_applicable_and_zero_are_three_states(result):
    states = result.headline.set_index("indicator")
    assert (states.loc["2023-H-03", "state"], states.loc["2023-H-03", "amount"]) == ("known", 0.0)
    assert states.loc["2023-U-31", "state"] == "missing"
    assert states.loc["2023-U-40", "state"] == "not_applicable"
    assert states.loc[["2023-U-31", "2023-U-40"], "amount"].isna().all()
    assert (states.loc[["2023-U-31", "2023-U-40"], "provenance"] == "").all()


def test_a_zone_without_residents_has_no_figure_per_resident_but_keeps_its_facilities(run, layers, little):
    layers["buildings"] = [row for row in layers["buildings"] if row["estate_id"] != "E1"]
    frame = run().drill_down("2023-U-34", "community").set_index("scope_id")
    assert frame.loc["M11", "state"] == "not_applicable"
    assert frame.loc["M11", "numerator"] == 600
    assert np.isnan(frame.loc["M11", "amount"])


def test_a_zone_whose_features_are_all_unknown_is_missing(run, layers, little):
    for number in range(3):
        little.find(layers["buildings"], f"E1-B{number}")["gas_hazard"] = None
    frame = run().drill_down("2023-H-02", "community").set_index("scope_id")
    assert frame.loc["M11", "state"] == "missing"
    assert frame.loc["M12", "state"] == "known"


def test_a_zero_found_among_few_known_is_missing_and_a_count_stands_as_found_so_far(run, layers):
    for row in layers["buildings"][1:]:
        row["gas_hazard"] = row["corridor_hazard"] = None
    layers["buildings"][0]["corridor_hazard"] = True
    headline = run().headline.set_index("indicator")
    assert headline.loc["2023-H-02", "state"] == "missing"
    assert "不作结论" in headline.loc["2023-H-02", "note"]
    assert headline.loc["2023-H-03", "amount"] == 1
    assert "已查明数" in headline.loc["2023-H-03", "note"]


def test_target_grade_and_note_stand_on_the_city_s_row_alone(result):
    zones = result.values[result.values["scope_kind"] != "city"]
    assert (zones[["target", "grade", "note"]] == "").all(axis=None)
    density = result.headline.set_index("indicator").loc["2023-U-37"]
    assert (density["target"], density["target_certainty"], density["grade"], density["grade_certainty"]) == (
        "≥8", "read", "很好", "proposed",
    )  # fmt: skip


def test_every_denominator_is_named_and_kept(result):
    assert result.meta["denominators"]["建成区面积"] == pytest.approx(4.0)
    ratios = result.headline[result.headline["denominator"].notna()]
    assert (ratios["denominator_name"] != "").all()


def test_provenance_is_that_of_the_weakest_column(run, little, layers):
    headline = run().headline.set_index("indicator")
    assert headline.loc["2023-H-02", "provenance"] == "derived"
    shares = json.loads(headline.loc["2023-H-02", "provenance_shares"])
    assert shares["buildings.gas_hazard"] == {"measured": pytest.approx(12 / 13), "unknown": pytest.approx(1 / 13)}


def test_synthetic_columns_make_synthetic_figures(tmp_path, little):
    from huancheng.evidence import Provenance

    snapshot = little.build(tmp_path / "city", provenance=Provenance.SYNTHETIC)
    headline = run_checkup(snapshot, "national-2023", tmp_path / "run").headline.set_index("indicator")
    assert headline.loc["2023-H-02", "provenance"] == "synthetic"


def test_the_head_of_a_run_says_what_was_checked_under_which_law(result):
    pack = load_ruleset("national-2023").pack
    assert result.meta["pack"]["digest"] == pack.digest
    assert result.meta["snapshot"]["name"] == "little"
    assert result.meta["scope"]["name"] == "建成区"
    assert result.meta["zones"]["street"] == {"S1": "西街道", "S2": "东街道"}
    assert sum(result.meta["counts"].values()) == 61
    assert [aspect["group"] for aspect in result.meta["aspects"]] == ["住房", "小区（社区）", "街区", "城区（城市）"]


def test_the_same_input_gives_the_same_bytes(run):
    first, second = run(name="a"), run(name="b")
    names = sorted(path.name for path in first.folder.iterdir())
    assert names == [
        "actions.parquet",
        "features.parquet",
        "problems.parquet",
        "run.json",
        "values.json",
        "values.parquet",
    ]
    for name in names:
        assert (first.folder / name).read_bytes() == (second.folder / name).read_bytes()


def test_the_order_of_the_rows_does_not_change_a_figure(tmp_path, little, layers):
    first = run_checkup(little.build(tmp_path / "c1", layers), "national-2023", tmp_path / "r1")
    turned = {name: rows[::-1] for name, rows in layers.items()}
    second = run_checkup(little.build(tmp_path / "c2", turned), "national-2023", tmp_path / "r2")
    pd.testing.assert_series_equal(first.headline["amount"], second.headline["amount"], rtol=1e-12)
    pd.testing.assert_series_equal(first.headline["state"], second.headline["state"])


def test_one_context_serves_both_systems(tmp_path, little, context):
    city = context()
    for system in ("national-2023", "national-2022"):
        assert len(run_checkup(city.snapshot, system, tmp_path / system, city=city).headline) in {61, 69}


def test_problems_come_with_streets_places_and_actions(result):
    problems = result.problems
    gas = problems[problems["indicator"] == "2023-H-02"]
    assert gas[["scope_kind", "scope_id", "count"]].values.tolist() == [
        ["city", "", 3.0],
        ["street", "S1", 1.0],
        ["street", "S2", 2.0],
    ]
    assert gas.geometry.geom_type.tolist() == ["Point", "MultiPoint", "MultiPoint"]
    assert (gas["action_type"] == "限时解决").all()
    action = result.actions.set_index("indicator").loc["2023-H-02"]
    assert action["area"] == "西街道1栋；东街道2栋"
    assert action["problem_id"] == gas.iloc[0]["id"]
    assert set(result.actions["problem_id"]) == set(problems.loc[problems["scope_kind"] == "city", "id"])


def test_a_city_without_streets_tells_problems_by_county_or_not_at_all(tmp_path, little, layers):
    layers["divisions"] = [row for row in layers["divisions"] if row["level"] == "county"]
    first = run_checkup(little.build(tmp_path / "c1", layers), "national-2023", tmp_path / "r1")
    assert set(first.problems["scope_kind"]) == {"city", "county"}
    layers["divisions"], layers["managed_areas"] = [], []
    second = run_checkup(little.build(tmp_path / "c2", layers), "national-2023", tmp_path / "r2")
    assert set(second.problems["scope_kind"]) == {"city"}
    assert second.actions.set_index("indicator").loc["2023-C-13", "area"] == "建成区"


def test_an_empty_city_has_a_check_up_without_a_known_figure_or_a_problem(tmp_path, little):
    snapshot = little.build(tmp_path / "city", {"boundary": little.base_layers()["boundary"]})
    result = run_checkup(snapshot, "national-2023", tmp_path / "run")
    assert set(result.headline["state"]) <= {"missing", "not_applicable"}
    assert len(result.features) == len(result.problems) == len(result.actions) == 0
    assert result.meta["scope"]["name"] == "市域范围"
    assert result.meta["aspects"][3]["grade"] == ""


@pytest.mark.parametrize(
    ("layer", "name"), [("built_up_area", "建成区"), ("development_boundary", "城镇开发边界"), ("boundary", "市域范围")]
)
def test_the_scope_is_the_built_up_area_else_the_development_boundary_else_the_boundary(
    context, layers, little, layer, name
):
    layers["development_boundary"] = [{"id": "DB", "boundary_class": "city", "geometry": little.box(0, 0, 1000, 1000)}]
    for other in ("built_up_area", "development_boundary", "boundary"):
        if other == layer:
            break
        layers[other] = []
    scope = context().scope
    assert scope.name == name
    assert bool(scope.note) == (layer != "built_up_area")


def test_a_snapshot_without_any_outline_is_refused(context, layers):
    layers["built_up_area"] = layers["boundary"] = []
    with pytest.raises(InputFault, match="no built-up area"):
        _ = context().scope


def declare(indicator, amount=None, state=State.KNOWN):
    return Declared(indicator, state, amount, "2025-12-31", "统计年报", "市统计局", "备注甲")


def test_a_declared_figure_fills_what_maps_cannot_give_and_is_graded(run):
    row = run(declared=[declare("2023-U-31", 72.5)]).headline.set_index("indicator").loc["2023-U-31"]
    assert (row["amount"], row["state"], row["provenance"], row["grade"]) == (72.5, "known", "declared", "很好")
    assert row["source"] == "市统计局：统计年报"
    assert row["note"].startswith("备注甲")


def test_a_declared_figure_prevails_over_a_partial_one_and_names_it(run):
    result = run(declared=[declare("2023-H-02", 9.0)])
    row = result.headline.set_index("indicator").loc["2023-H-02"]
    assert (row["amount"], row["operator"]) == (9.0, "declared")
    assert "按快照计算为0栋" in row["note"]
    assert "2023-H-02" not in set(result.features["indicator"])


def test_a_full_figure_from_the_map_prevails_over_a_declared_one_and_names_it(run):
    row = run(declared=[declare("2023-U-37", 5.0)]).headline.set_index("indicator").loc["2023-U-37"]
    assert row["amount"] == pytest.approx(9.0)
    assert "市统计局申报5公里/平方公里" in row["note"]


def test_a_declared_gap_does_not_wipe_out_a_computed_figure_but_not_applicable_does(run):
    result = run(declared=[declare("2023-H-02", state=State.MISSING), declare("2023-H-03", state=State.NOT_APPLICABLE)])
    rows = result.headline.set_index("indicator")
    assert rows.loc["2023-H-02", "state"] == "known"
    assert rows.loc["2023-H-03", "state"] == "not_applicable"


@pytest.mark.parametrize(
    ("facts", "monitoring", "rail"),
    [
        ({"rank": "省会"}, "≥30", ""), ({"rank": "地级市"}, "≥15", ""), ({"rank": "自由市"}, "", ""),
        ({"size_class": "超大城市"}, "", "≥30"), ({"size_class": "large_1"}, "", "≥10"), ({}, "", ""),
    ],
)  # fmt: skip
def test_size_and_rank_of_the_city_decide_its_targets(facts, monitoring, rail):
    rules = load_ruleset("national-2023")
    city = class_of(facts, rules)
    texts = [
        "；".join(target.text for target in rules.targets.of(indicator, city.size, city.rank_group))
        for indicator in ("2023-U-57", "2023-U-45")
    ]
    assert texts == [monitoring, rail]


def test_a_run_is_never_overwritten(run, tmp_path):
    run(name="a")
    with pytest.raises(InputFault, match="already holds files"):
        run(name="a")


def test_an_unknown_system_is_refused_with_those_there_are(run):
    with pytest.raises(InputFault, match="national-2022"):
        run(system="national-1999")


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"{", b"[]", b'{"format": "huancheng-checkup", "version": 99}'])
def test_a_folder_that_is_no_run_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "run.json").write_bytes(content)
    with pytest.raises(InputFault):
        CheckupRun.open(tmp_path)


def test_a_failed_write_leaves_nothing_behind(run, tmp_path, monkeypatch):
    def fail(*_args, **_options):
        raise OSError

    run(name="a")
    monkeypatch.setattr(pd.DataFrame, "to_parquet", fail)
    with pytest.raises(OSError, match=r"^$"):
        run(name="b")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "city"]


def test_totals_that_do_not_add_up_are_a_defect_and_stop_the_run(figure, layers, little):
    little.find(layers["buildings"], "E1-B0")["gas_hazard"] = True
    measured = figure("2023-H-02")
    total = city_sums(measured)
    wrong = pd.DataFrame({"numerator": [0.0]})
    with pytest.raises(RuntimeError, match="add up to"):
        check_sums("2023-H-02", measured, total, {"street": wrong})
    measured.parts.listed[:] = np.nan
    with pytest.raises(RuntimeError, match="listed"):
        check_sums("2023-H-02", measured, total, {})
