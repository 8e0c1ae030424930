"""`huancheng units draw | verify | edit | compare`: exit codes, JSON, faults told by name."""

import json
import shutil

import pytest

from huancheng.cli import main
from tests.units.conftest import little_folder, little_plan  # noqa: F401 - fixtures


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["units", *map(str, arguments)])
    captured = capsys.readouterr()
    return ended.value.code, captured.out, captured.err


def first_unit(folder):
    return (folder / "assignment.csv").read_text("utf-8").splitlines()[1].split(",")[1]


def test_a_sound_folder_ends_with_zero_and_a_damaged_one_with_one(capsys, little_folder, tmp_path):  # noqa: F811
    code, out, _ = run(capsys, "verify", little_folder)
    assert (code, "证书属实" in out) == (0, True)
    folder = shutil.copytree(little_folder, tmp_path / "damaged")
    (folder / "report.md").unlink()
    code, out, _ = run(capsys, "verify", folder)
    assert (code, "不实 false: hashes, report.md" in out) == (1, True)
    code, out, _ = run(capsys, "verify", folder, "--json")
    assert (code, json.loads(out)["sound"]) == (1, False)


def test_edits_are_done_in_the_order_they_are_written(capsys, little_folder, tmp_path):  # noqa: F811
    home = first_unit(little_folder)
    code, out, _ = run(
        capsys, "edit", little_folder, "--draw", "R5C5,R5C4:新区", "--move", f"R5C4:{home}", "--draw", "R0C0", "--move",
        "R0C0:新区", "--out", tmp_path / "edited",
    )  # fmt: skip
    assert code == 1
    told = [line for line in out.splitlines() if not line.startswith(" ")]
    assert [line[:3] for line in told[:4]] == ["以街块", "将街块", "以街块", "将街块"]
    assert "新增不符" in out
    _, out, _ = run(capsys, "verify", tmp_path / "edited", "--json")
    assert json.loads(out)["faults"] == []
    code, out, _ = run(capsys, "edit", little_folder, "--edits", tmp_path / "edited" / "units.json", "--json")
    document = json.loads(out)
    assert (code, len(document["edits"]), document["folder"]) == (1, 4, None)


def test_edits_that_can_not_be_read_are_refused(capsys, little_folder, tmp_path):  # noqa: F811
    home = first_unit(little_folder)
    for arguments in (
        (), ("--move", "R0C0"), ("--merge", f"{home},U99"), ("--edits", tmp_path / "none.json"),
        ("--split", f"{home}:R9C9"),
        ("--split-by-line", f"{home}:0,0"),
    ):  # fmt: skip
        code, _, err = run(capsys, "edit", little_folder, *arguments)
        assert (code, err.startswith("huancheng: ")) == (3, True)
    (tmp_path / "wrong.json").write_text('{"edits": 3}', "utf-8")
    code, _, err = run(capsys, "edit", little_folder, "--edits", tmp_path / "wrong.json")
    assert (code, "no list of edits" in err) == (3, True)


def test_plans_stand_side_by_side_with_what_moved(capsys, little_folder, tmp_path):  # noqa: F811
    home = first_unit(little_folder)
    run(capsys, "edit", little_folder, "--split", f"{home}:R0C0", "--out", tmp_path / "other")
    code, out, _ = run(capsys, "compare", little_folder, tmp_path / "other", "--moves")
    assert code == 0
    assert "调整兰德指数" in out
    assert f"街块 R0C0：{home} → " in out
    _, out, _ = run(capsys, "compare", little_folder, tmp_path / "other", "--moves", "--json")
    document = json.loads(out)
    assert [plan["method"] for plan in document["plans"]] == ["computed", "edited"]
    assert len(document["agreement"]) == len(document["moves"]) == 1
    code, _, err = run(capsys, "compare", little_folder)
    assert (code, "stands beside nothing" in err) == (3, True)


def test_drawing_names_the_table_that_can_not_be_used(capsys, tmp_path):
    table = tmp_path / "locks.csv"
    for content, told in (("block\nR0C0\n", "'unit' is missing"), ("", "can't be read")):
        table.write_text(content, "utf-8")
        code, _, err = run(capsys, "draw", "--snapshot", tmp_path, "--out", tmp_path / "out", "--locks", table)
        assert (code, told in err) == (3, True)
    people = tmp_path / "people.csv"
    people.write_text("block,facility,residents,beyond\nR0C0,market,many,0\n", "utf-8")
    code, _, err = run(capsys, "draw", "--snapshot", tmp_path, "--out", tmp_path / "out", "--residents", people)
    assert (code, "'many' is no number" in err, "row 2" in err) == (3, True, True)
