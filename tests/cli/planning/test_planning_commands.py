"""`huancheng planning`: what a script reads, what a person reads, and how each ends."""

from __future__ import annotations

import json

import pytest

from huancheng.cli import root
from huancheng.cli.planning import COMMANDS
from tests.planning import street_town
from tests.planning.filled_form import fill


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    folder = tmp_path_factory.mktemp("town") / "city"
    street_town.build(folder)
    street_town.areas().to_file(folder.parent / "areas.gpkg", driver="GPKG")
    return folder


@pytest.fixture
def command(capsys):
    """A function that runs `huancheng planning` and returns exit code, standard output and standard error."""

    def call(*arguments):
        with pytest.raises(SystemExit) as caught:
            root.main(["planning", *map(str, arguments)])
        captured = capsys.readouterr()
        return caught.value.code, captured.out, captured.err

    return call


def test_every_command_is_listed_with_its_line(command):
    code, out, _ = command("--help")
    assert code == 0
    assert all(name in out for name in COMMANDS)
    assert command("nothing")[0] == 2


def test_gaps_for_a_script_and_for_a_person(command, town, tmp_path):
    code, out, _ = command("gaps", town, "--areas", town.parent / "areas.gpkg", "--out", tmp_path / "g", "--json")
    answer = json.loads(out)
    assert code == 0
    kindergarten = next(item for item in answer["types"] if item["id"] == "kindergarten")
    assert (kindergarten["inside"], kindergarten["outside"], kindergarten["beyond"]) == (1300, 100, 650)
    code, out, _ = command("gaps", town, "--out", tmp_path / "estates")
    assert code == 0
    assert "幼儿园（步行 300 米）" in out
    assert "可能未录入" in out


def test_siting_prints_its_claim_and_proof(command, town, tmp_path):
    words = ("site", town, "--facility", "kindergarten", "--new", 1, "--out")
    code, out, _ = command(*words, tmp_path / "one", "--json")
    answer = json.loads(out)
    assert code == 0
    assert (answer["status"], answer["gap"], answer["served_after"]) == ("optimal", 0, 1800)
    code, out, _ = command(*words, tmp_path / "two")
    assert code == 0
    assert "已证明最优" in out
    code, out, _ = command(*words, tmp_path / "three", "--goal", "median", "--capacity", "300")
    assert code == 0
    assert "平均步行" in out


def test_an_unknown_facility_is_told_with_those_there_are(command, town, tmp_path):
    code, _, err = command("site", town, "--facility", "stadium", "--new", 1, "--out", tmp_path / "x")
    assert code == 3
    assert "kindergarten 幼儿园" in err


def test_a_unit_plan_from_template_to_papers(command, town, tmp_path):
    units = ("unit-plan", town, "--areas", town.parent / "areas.gpkg", "--unit", "W", "--pack", "liaocheng-2023")
    code, out, _ = command(*units, "--template", "--out", tmp_path / "empty.xlsx")
    assert code == 0
    assert (tmp_path / "empty.xlsx").is_file()
    form = fill(tmp_path / "form.xlsx")
    code, out, _ = command(*units, "--form", form, "--out", tmp_path / "plan", "--json")
    assert code == 0
    answer = json.loads(out)
    assert answer["unit"]["name"] == "西单元"
    assert all(part["complete"] for part in answer["parts"])
    assert (tmp_path / "plan" / "unit_plan.pdf").is_file()
    code, out, _ = command(*units, "--out", tmp_path / "bare")
    assert code == 0
    assert "尚缺 发展定位" in out


def test_a_fault_in_the_form_ends_with_its_place(command, town, tmp_path):
    form = fill(tmp_path / "form.xlsx", 规划地块=[["P-1", "仙境", 1]])
    code, _, err = command(
        "unit-plan", town, "--areas", "estates", "--unit", "E1", "--form", form, "--out", tmp_path / "x"
    )
    assert code == 3
    assert "form.xlsx#规划地块, row 2, field 用地性质" in err


def test_special_plans_are_composed_joined_and_compared(command, town, tmp_path):
    code, _, _ = command("special-plan", "template", "--out", tmp_path / "plan.yaml")
    assert code == 0
    assert command("special-plan", "template", "--out", tmp_path / "plan.yaml")[0] == 3
    words = ("special-plan", "compose", town, "--input", tmp_path / "plan.yaml", "--pack", "liaocheng-2023", "--out")
    code, out, _ = command(*words, tmp_path / "one")
    assert code == 1
    assert "没有引用已完成的城市体检" in out
    (tmp_path / "plan.yaml").write_text(
        "title: 城市更新专项规划\njurisdiction: central\noverall_goal: 补短板\n", encoding="utf-8"
    )
    code, out, _ = command(*words, tmp_path / "two", "--json")
    assert json.loads(out)["overall_goal"] == "补短板"
    code, out, _ = command("special-plan", "diff", tmp_path / "one", tmp_path / "two")
    assert code == 1
    assert "改动 总体目标" in out
    assert json.loads(command("special-plan", "diff", tmp_path / "one", tmp_path / "one", "--json")[1]) == []
    join = ("special-plan", "join", tmp_path / "one", "--pack", "liaocheng-2023", "--out")
    code, out, _ = command(*join, tmp_path / "sheet")
    assert code == 1
    assert "尚缺 临清市" in out
    assert json.loads(command(*join, tmp_path / "sheet2", "--json")[1])["plans"][0]["missing"] is False
