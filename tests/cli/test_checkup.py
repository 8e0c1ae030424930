"""`huancheng checkup`: what a script reads, what a person reads, and how each ends."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from huancheng.cli import root

_spec = importlib.util.spec_from_file_location("little_city", Path(__file__).parents[1] / "checkup" / "little_city.py")
little_city = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(little_city)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("snapshot") / "city"
    little_city.build(folder)
    return folder


@pytest.fixture
def command(capsys):
    """A function that runs `huancheng checkup` and returns exit code, standard output and standard error."""

    def call(*arguments):
        with pytest.raises(SystemExit) as caught:
            root.main(["checkup", *map(str, arguments)])
        captured = capsys.readouterr()
        return caught.value.code, captured.out, captured.err

    return call


def test_a_run_prints_one_json_document_and_writes_the_store(command, snapshot, tmp_path):
    code, out, _ = command("run", snapshot, "--system", "national-2023", "--out", tmp_path / "run", "--json")
    answer = json.loads(out)
    assert code == 0
    assert len(answer["values"]) == 61
    assert answer["counts"]["known"] + answer["counts"]["missing"] + answer["counts"]["not_applicable"] == 61
    assert {problem["scope_kind"] for problem in answer["problems"]} == {"city"}
    assert (tmp_path / "run" / "values.parquet").is_file()


def test_a_run_prints_a_table_for_people(command, snapshot, tmp_path):
    code, out, _ = command("run", snapshot, "--system", "national-2022", "--out", tmp_path / "run")
    assert code == 0
    assert "2022-T-02  城市道路网密度  9 公里/平方公里  目标 ≥8  优良" in out
    assert "缺失" in out


def test_declared_values_are_taken_from_the_template(command, snapshot, tmp_path):
    code, out, _ = command("template", "--system", "national-2023", "--out", tmp_path / "t.xlsx", "--json")
    assert (code, json.loads(out)["indicators"]) == (0, 61)
    workbook = load_workbook(tmp_path / "t.xlsx")
    sheet = workbook["填报表"]
    row = [cell.value for cell in sheet["B"]].index("2023-U-31") + 1
    for column, value in (("G", "已知"), ("H", 71.5), ("I", "2025-12-31"), ("J", "年报")):
        sheet[f"{column}{row}"] = value
    workbook.save(tmp_path / "t.xlsx")
    arguments = ("run", snapshot, "--system", "national-2023", "--values", tmp_path / "t.xlsx", "--json")
    code, out, _ = command(*arguments, "--out", tmp_path / "run")
    values = {value["indicator"]: value for value in json.loads(out)["values"]}
    assert values["2023-U-31"]["amount"] == 71.5
    meta = json.loads((tmp_path / "run" / "run.json").read_text("utf-8"))
    assert meta["declared"]["file"] == "t.xlsx"


def test_the_template_says_where_it_lies(command, tmp_path):
    code, out, _ = command("template", "--system", "national-2022", "--out", tmp_path / "t.xlsx")
    assert code == 0
    assert "69 indicators" in out


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "values.csv"
    path.write_text(
        "indicator,level,value,unit,grade\n停车泊位缺口数,小区（社区）,5,个,\n城市黑臭水体数量,城市（城区）,0,个,很好\n"
        "小学学位缺口数,小区,—,个,\n公交站点覆盖率,城区,80,%,不足\n",
        "utf-8",
    )
    return path


def test_actions_print_a_list_with_reasons(command, table):
    code, out, err = command("actions", "--values", table, "--system", "national-2023", "--json")
    rows = json.loads(out)
    assert code == 0
    assert [(row["indicator"], row["listed"]) for row in rows] == [
        ("停车泊位缺口数", True), ("城市黑臭水体数量", False), ("小学学位缺口数", False), ("公交站点覆盖率", True),
    ]  # fmt: skip
    assert all(row["reason"] for row in rows)
    assert "公交站点覆盖率 is not an indicator of national-2023" in err


def test_actions_print_lines_for_people(command, table):
    code, out, _ = command("actions", "--values", table, "--system", "national-2023")
    assert code == 0
    assert [line[:2] for line in out.splitlines()] == ["列入", "不列", "待定", "列入", "列入"]
    assert out.splitlines()[-1] == "列入问题清单 2 项，共 4 项"


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "nowhere", "--system", "national-2023", "--out", "out"),
        ("run", "nowhere", "--system", "national-1999", "--out", "out"),
        ("template", "--system", "national-2023", "--pack", "nowhere", "--out", "t.xlsx"),
        ("actions", "--values", "nowhere.csv", "--system", "national-2023"),
    ],
)
def test_what_cannot_be_used_ends_with_three_and_a_plain_message(command, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = command(*arguments, "--json")
    assert code == 3
    assert json.loads(out)["error"]
    assert "Traceback" not in err


def test_a_wrong_command_line_ends_with_two(command):
    assert command("run")[0] == 2
