"""The form: what was filled in comes back; a cell that can't be used is told with sheet, row, field and cure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huancheng.evidence import InputFault
from huancheng.planning.unit_plan import read_form, write_form
from tests.planning.filled_form import MONEY, PARCELS, PROJECTS, fill


def test_what_was_filled_in_comes_back(tmp_path):
    form = read_form(fill(tmp_path / "form.xlsx"))
    assert form.about["positioning"] == "以居住为主的完整社区"
    assert form.about["unit"] == "W"
    assert [parcel.use for parcel in form.parcels] == ["residential", "public_service"]
    assert form.parcels[0].coverage == 0.25
    assert form.projects[1].after == ("甲",)
    assert form.projects[0].settled_nearby == 6
    assert form.facilities[0].floor_area == 3200
    assert form.money[1].state == "匡算"


def test_an_empty_form_says_nothing_and_is_no_fault(tmp_path):
    write_form(tmp_path / "form.xlsx", {}, [])
    form = read_form(tmp_path / "form.xlsx")
    assert form.about == {}
    assert (form.parcels, form.projects, form.facilities, form.money) == ((), (), (), ())


def test_a_form_written_with_what_stands_reads_back_the_same(tmp_path):
    rows = [["支出", "建设", 5000, "匡算", "造价"]]
    first = read_form(fill(tmp_path / "form.xlsx", about={"发展定位": "定位"}, 经济与资金=rows))
    first = replace(first, money=(replace(first.money[0], basis="=1+1"),))
    write_form(tmp_path / "again.xlsx", {"unit": "W"}, ["幼儿园"], filled=first)
    again = read_form(tmp_path / "again.xlsx")
    assert replace(again, file=first.file) == first


def test_the_same_call_gives_the_same_bytes_and_never_overwrites(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_form(tmp_path / name, {"unit": "W"}, ["幼儿园"])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    with pytest.raises(InputFault, match="already there"):
        write_form(tmp_path / "a.xlsx", {}, [])


@pytest.mark.parametrize(
    ("rows", "row", "field", "words"),
    [
        ({"规划地块": [["P-1", "仙境", 90_000]]}, "2", "用地性质", "none of the choices"),
        ({"规划地块": [["P-1", "居住", "九万"]]}, "2", "用地面积（平方米）", "not a number"),
        ({"规划地块": [["P-1", "居住", -1]]}, "2", "用地面积（平方米）", "out of range"),
        ({"规划地块": [["P-1", "居住", 1, None, 130]]}, "2", "建筑密度（%）", "out of range"),
        ({"规划地块": [["P-1", None, 1]]}, "2", "用地性质", "empty"),
        ({"规划地块": [PARCELS[0], PARCELS[0]]}, "3", "地块编号", "stands twice"),
        ({"规划地块": [["P-1", "居住", 1, None, None, None, None, "丙"]]}, "2", "所属项目", "no project"),
        ({"更新项目": [*PROJECTS, ["丙", "丙", "留", *[None] * 10, "丁"]]}, "4", "前置项目", "no project"),
        ({"更新项目": [[*PROJECTS[0][:9], 1.5]], "规划地块": []}, "2", "搬迁户数", "no whole number"),
        ({"设施布局": [["幼儿园", "x", None, None, 116.0]]}, "2", "纬度", "one of longitude and latitude"),
        ({"经济与资金": [["支出", "建设", True]]}, "2", "金额（万元）", "not a number"),
    ],
)
def test_a_cell_that_cannot_be_used_is_told_with_its_place_and_cure(tmp_path, rows, row, field, words):
    with pytest.raises(InputFault, match=words) as caught:
        read_form(fill(tmp_path / "form.xlsx", **rows))
    fault = caught.value
    assert fault.file == f"form.xlsx#{next(iter(rows))}"
    assert (fault.row, fault.field) == (row, field)
    assert fault.cure


def test_further_faults_are_counted(tmp_path):
    rows = [["支出", "建设", "a"], ["支出", "建设", "b"], *MONEY]
    with pytest.raises(InputFault, match="1 more fault"):
        read_form(fill(tmp_path / "form.xlsx", 经济与资金=rows))


def test_a_form_pulled_about_is_refused(tmp_path):
    def lose_sheet(book):
        del book["更新项目"]

    def lose_column(book):
        book["规划地块"]["B1"] = "用途"

    def strange_row(book):
        book["基本情况"].append(["口号", "好"])

    for number, (change, words) in enumerate(
        [(lose_sheet, "no sheet"), (lose_column, "column is missing"), (strange_row, "no such row")]
    ):
        with pytest.raises(InputFault, match=words):
            read_form(fill(tmp_path / f"{number}.xlsx", change=change))


def test_what_is_no_workbook_is_refused(tmp_path):
    with pytest.raises(InputFault, match="no such file"):
        read_form(tmp_path / "none.xlsx")
    (tmp_path / "words.xlsx").write_text("words")
    with pytest.raises(InputFault, match="does not read as an xlsx"):
        read_form(tmp_path / "words.xlsx")
