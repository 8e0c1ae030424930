"""The result folder: the same plan gives the same bytes, every mark travels, every border has its reason."""

import json

import numpy as np
import pandas as pd
import pytest
import shapely

from huancheng.evidence import InputFault
from huancheng.units.certificate import read_units, unit_frame, write_units
from huancheng.units.certificate.reasons import BorderReasons
from huancheng.units.drawing import certify_drawn
from tests.units.town import drawn_on, ground_of, links, profile, small_units, square_town, town


@pytest.fixture(scope="module")
def found(little_folder):
    return read_units(little_folder)


def test_the_same_plan_is_written_byte_for_byte_and_reads_back_as_itself(little_plan, little_folder, found, tmp_path):
    for other in (write_units(little_plan, tmp_path / "again"), write_units(found.drawing, tmp_path / "read")):
        for path in little_folder.iterdir():
            assert path.read_bytes() == (other / path.name).read_bytes(), path.name


def test_a_folder_with_files_is_never_written_over(little_plan, little_folder):
    with pytest.raises(InputFault, match="holds files"):
        write_units(little_plan, little_folder)


@pytest.mark.requirement("5.2-3", "5.2-10")
def test_every_rule_of_the_profile_stands_in_the_certificate_with_its_marks(found):
    rules = found.certificate["profile"]["rules"]
    assert {rule["basis"] for rule in rules} == {"default"}
    assert all(rule["certainty"] and rule["force"] in {"firm", "shown"} for rule in rules)
    assert set(found.audit["basis"]) == {"default"}
    report = (found.folder / "report.md").read_text("utf-8")
    assert "默认（本系统建议值） 5.2-10" in report
    assert "逐单元检验并列出缺口" in report


def test_completeness_is_tested_for_every_unit_and_what_falls_short_is_stated(found):
    rows = found.audit[found.audit["constraint"] == "kindergarten"]
    assert len(rows) == found.certificate["units"]
    assert set(rows["force"]) == {"shown"}
    assert {"yes", "no"} <= set(rows["holds"])
    assert set(found.audit.loc[found.audit["constraint"] == "primary_school", "holds"]) == {"needs_data"}
    assert found.certificate["audit"]["holds"]


def test_the_certificate_confesses_bound_gap_status_and_the_plain_rule(found):
    document = found.certificate
    assert document["bound"] <= document["objective"]["value"] * (1 + 1e-9)
    assert document["gap"] == pytest.approx(1 - document["bound"] / document["objective"]["value"])
    assert document["greedy"]["objective"] >= document["objective"]["value"] or not document["greedy"]["feasible"]
    assert document["bound_conditions"]
    assert [part["term"] for part in document["objective"]["parts"]] == ["compactness", "border", "dissimilarity"]
    assert "seconds" not in json.dumps(document)


def test_every_border_between_units_has_a_reason_and_says_what_it_runs_along(found):
    outer = found.borders[found.borders["unit_a"] != found.borders["unit_b"]]
    assert (outer["reason"] != "").all()
    river = outer[outer["along"] == "river"]
    assert set(river["code"]) == {"separator"}
    assert river["reason"].str.contains("沿河流；河流分隔，无桥").all()
    locked = outer[(outer["code"] == "lock")]
    assert locked["reason"].str.contains("单元 L1 锁定").all()
    assert set(outer["code"]) <= {"separator", "lock", "range", "piece", "radius", "better"}
    lines = found.layer("borders")
    assert len(lines) == len(outer)
    assert shapely.length(lines.geometry.to_numpy()) == pytest.approx(lines["length"].to_numpy())


def test_a_move_said_to_be_worse_is_worse_by_what_is_said(little_plan):
    reasons = BorderReasons(little_plan)
    pairs = little_plan.ground.pairs
    told = 0
    for pair in np.flatnonzero(little_plan.unit[pairs.first] != little_plan.unit[pairs.second]):
        for block, other in ((pairs.first[pair], pairs.second[pair]), (pairs.second[pair], pairs.first[pair])):
            if reasons.of(int(pair)).code == "better":
                cost, reason = reasons._unless_moved(int(block), int(other))
                tied = {member for link in little_plan.ground.links for member in link.members}
                if cost is not None and reason.code == "better" and int(block) not in tied:
                    unit = little_plan.unit.copy()
                    unit[block] = unit[other]
                    if len(np.unique(unit)) == little_plan.units:
                        moved = certify_like(little_plan, unit)
                        assert cost == pytest.approx(moved - little_plan.objective, abs=1e-9)
                        told += 1
    assert told


def certify_like(drawing, unit):
    from dataclasses import replace

    return replace(drawing, unit=unit).objective


def test_figures_of_units_are_sums_of_their_blocks(little_plan, found):
    units = found.units.set_index("unit")
    for number, name in enumerate(little_plan.names):
        members = np.flatnonzero(little_plan.unit == number)
        blocks = little_plan.blocks.iloc[members]
        assert units.loc[name, "population"] == pytest.approx(blocks["population"].sum())
        assert units.loc[name, "far"] == pytest.approx(blocks["floor_area"].sum() / blocks["area"].sum(), abs=1e-4)
        assert units.loc[name, "problems:停车"] == pytest.approx(blocks["problems:停车"].sum())
        assert units.loc[name, "age"] == 25.0
    assert units["area"].sum() == pytest.approx(found.blocks["area"].sum())


def test_figures_that_are_unknown_stay_unknown():
    place = square_town(population=[np.nan] + [10.0] * 35)
    drawing = drawn_on(place, small_units())
    frame = unit_frame(drawing.ground, drawing.blocks, drawing.weights, drawing.unit, drawing.names).set_index("unit")
    lost = drawing.names[drawing.unit[0]]
    assert np.isnan(frame.loc[lost, "population"])
    assert frame["population"].drop(lost).notna().all()
    assert "far" in frame.columns
    assert frame["far"].isna().all()


def test_a_drawn_plan_is_told_as_it_is_and_nothing_is_redrawn(tmp_path):
    place = square_town(columns_along={2: "rail"}, district=["东区"] * 18 + ["西区"] * 18)
    rules = small_units()
    homes = {f"R{row}C{column}": "北片" if row > 2 else "南片" for row in range(6) for column in range(5)}
    drawing = certify_drawn(ground_of(place, rules), rules, place.frame, homes, title="小城", as_of="2025-12-31")
    assert (drawing.method, drawing.names) == ("drawn", ("南片", "北片"))
    broken = {(row.unit, row.constraint): row.value for row in drawing.audit if row.holds == "no"}
    assert broken == {
        ("南片", "contiguity"): 2.0, ("南片", "rail"): 1.0, ("北片", "contiguity"): 2.0, ("北片", "rail"): 1.0,
    }  # fmt: skip
    assert (drawing.holds, drawing.gap) == (False, None)
    assert {item.case for item in drawing.aside} == {"not_drawn"}
    folder = write_units(drawing, tmp_path / "drawn")
    codes = read_units(folder).borders.query("unit_a != unit_b")["code"]
    assert set(codes) == {"aside", "zone"}
    assert "有不符合项" in (folder / "report.md").read_text("utf-8")


def test_a_drawn_plan_must_name_blocks_that_are_there():
    place, rules = square_town(), small_units()
    ground = ground_of(place, rules)
    with pytest.raises(InputFault, match="no block"):
        certify_drawn(ground, rules, place.frame, {"R9C9": "甲"}, title="", as_of="")
    with pytest.raises(InputFault, match="no block is in a unit"):
        certify_drawn(ground, rules, place.frame, {"R0C0": ""}, title="", as_of="")


def test_the_plain_max_p_of_the_pack_gives_the_most_units_and_compares_beside():
    place = town([100.0] * 4, [100.0] * 4, **{"problems:积水": [float(number % 3) for number in range(16)]})
    rules = profile("many", area={"low": 4.0, "high": 16.0}, aside=None)
    drawing = drawn_on(place, rules)
    assert (drawing.units, drawing.proof.units_bound) == (4, 4)
    assert drawing.objective == pytest.approx(drawing.parts["dissimilarity"])


def test_borders_too_short_and_bridges_a_rule_does_not_trust_are_said():
    place = town([100.0, 8.0, 100.0], [100.0, 100.0], columns_along={0: "river"}, bridges=[("R0C0", "R0C1")])
    rules = small_units(area={"low": 0.5, "high": 9.0}, river={"bridges": "part"}, number={"target": 2.0})
    drawing = drawn_on(place, rules)
    told = {(code, words) for code, words in zip(*[_reasons(drawing)[key] for key in ("code", "reason")], strict=True)}
    assert any(code == "separator" and "有桥而规则仍分开" in words for code, words in told)
    apart = small_units(area={"low": 0.01, "high": 9.0}, number={"target": None, "low": 2.0, "high": 6.0})
    place = town([100.0, 100.0], [100.0, 5.0])
    codes = set(_reasons(drawn_on(place, apart))["code"])
    assert "too_short" in codes or "better" in codes


def _reasons(drawing) -> pd.DataFrame:
    from huancheng.units.certificate.tables import borders_table

    return borders_table(drawing)


def test_what_is_no_certificate_is_refused(tmp_path):
    with pytest.raises(InputFault, match=r"no units\.json"):
        read_units(tmp_path)
    (tmp_path / "units.json").write_text("{", "utf-8")
    with pytest.raises(InputFault, match="no certificate"):
        read_units(tmp_path)
    (tmp_path / "units.json").write_text('{"format": 0}', "utf-8")
    with pytest.raises(InputFault, match="of this format"):
        read_units(tmp_path)
    (tmp_path / "units.json").write_text('{"format": 1}', "utf-8")
    with pytest.raises(InputFault, match="missing"):
        read_units(tmp_path).assignment  # noqa: B018 - reads the file
    with pytest.raises(InputFault, match="missing"):
        read_units(tmp_path).units  # noqa: B018 - reads the file


def test_ties_that_could_only_be_kept_in_parts_are_listed():
    place = town([100.0] * 6, [100.0] * 4, columns_along={2: "rail"})
    drawing = drawn_on(
        place, small_units(number={"target": 5.0}, aside={}), links=links(("parcel", "A7", ["R0C2", "R0C3"]))
    )
    assert [link.name for link in drawing.split_links] == ["A7"]
