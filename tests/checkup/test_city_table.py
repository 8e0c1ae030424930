# ruff: noqa: E501
"""A city's own table: read however it was written, judged row by row, and never guessed at in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.checkup import load_ruleset
from huancheng.checkup.city_table import judge_table, read_table
from huancheng.checkup.city_table.figures import NotAFigure, read_figure
from huancheng.evidence import InputFault

HEADER = "indicator,level,value,unit,grade\n"


@pytest.fixture(scope="module")
def rules():
    return load_ruleset("national-2023")


@pytest.fixture
def judge(tmp_path, rules):
    """A function that judges the rows of a CSV text."""

    def judged(text, encoding="utf-8", system=None):
        path = tmp_path / "table.csv"
        path.write_bytes(text.encode(encoding))
        return judge_table(read_table(path), system or rules, path.name)

    return judged


def one(judge, row):
    return judge(HEADER + row + "\n")[0]


@pytest.mark.parametrize(
    ("row", "listed"),
    [
        ("存在结构安全隐患的住宅数量,住房,12,栋,", True), ("存在结构安全隐患的住宅数量,住房,0,栋,", False),
        ('停车泊位缺口数,小区（社区）,"1,234",个,', True), ("不达标的步行道长度,社区(小区),0.35,千米,", True),
        ("中学服务半径覆盖率,街区,76.2%,%,", True), ("中学服务半径覆盖率,街区,100,%,", False),
        ("城市道路网密度,城区（城市）,5.2,公里/平方公里,不足", True), ("城市道路网密度,城市(城区),7.9,公里/平方公里,一般", False),
        ("城市黑臭水体数量,城市,0,个,很好", False), ("2023-U-49,城区,3,个,不足", True),
    ],
)  # fmt: skip
def test_grades_decide_for_the_city_and_counts_below_it(judge, row, listed):
    result = one(judge, row)
    assert result.listed is listed
    assert result.reason
    assert bool(result.action) is listed


@pytest.mark.parametrize(
    "level",
    [
        "小区（社区）",
        "社区（小区）",
        "小区(社区)",
        "社区(小区)",
        "小区〔社区〕",
        "小区【社区】",
        "小区",
        "社区",
        " 小区 （ 社区 ） ",
        "小区［社区］",
    ],
)
def test_a_level_is_known_by_any_brackets_in_either_order(judge, level):
    assert one(judge, f"停车泊位缺口数,{level},5,个,").level == "小区（社区）"


@pytest.mark.parametrize(
    "name",
    ["2023-H-01", "H-01", "h-01", "存在结构安全隐患的住宅数量", "1.存在结构安全隐患的住宅数量", "（1）存在结构安全隐患的住宅数量",
     "存在结构安全隐患的住宅数量（栋）", "1、存在结构安全隐患的住宅数量(栋)", " 存在结构安全隐患的 住宅数量"],
)  # fmt: skip
def test_an_indicator_is_known_by_id_name_number_in_front_and_unit_behind(judge, name):
    assert one(judge, f"{name},住房,1,栋,").id == "2023-H-01"


def test_quotation_marks_and_brackets_in_a_name_do_not_matter(judge):
    assert one(judge, "平急两用公共基础设施数量,城区,3,个,").id == "2023-U-52"
    assert one(judge, "城市信息模型（CIM）基础平台建设三维数据覆盖率,城区,3,%,不足").id == "2023-U-60"


def test_an_unknown_indicator_is_taken_at_the_level_given_with_a_warning(judge):
    below, city = judge(HEADER + "存在道路照明问题的道路数量,街区,3,条,\n公交站点覆盖率,城区（城市）,88,%,较好\n")
    assert (below.id, below.listed, city.listed) == ("", True, False)
    assert "taken at the level given" in below.warnings[0]
    assert below.problem == "存在道路照明问题的道路数量未达要求"


def test_an_unknown_indicator_without_a_level_is_refused(judge):
    with pytest.raises(InputFault) as caught:
        one(judge, "公交站点覆盖率,,88,%,较好")
    assert (caught.value.row, caught.value.field) == ("2", "level")


def test_a_known_indicator_without_a_level_has_the_pack_s(judge):
    assert one(judge, "停车泊位缺口数,,5,,").level == "小区（社区）"


def test_a_known_indicator_at_another_level_is_taken_there_with_a_warning(judge):
    result = one(judge, "中学服务半径覆盖率,城区（城市）,50,%,较好")
    assert result.listed is False
    assert "belongs to 街区" in result.warnings[0]


@pytest.mark.parametrize(("row", "field"), [
    ("停车泊位缺口数,省级,5,个,", "level"), ("停车泊位缺口数,小区,5,个,极好", "grade"), ("停车泊位缺口数,小区,约五个,个,", "value"),
    ("停车泊位缺口数,小区,5栋,个,", "value"), ("停车泊位缺口数,小区,3/5,个,", "value"), ("停车泊位缺口数,小区,1,234,个", "value"),
    ("停车泊位缺口数,小区,1,234,个,", "value"), (",小区,5,个,", "indicator"),
])  # fmt: skip
def test_what_cannot_be_understood_is_a_fault_with_row_and_field(judge, row, field):
    with pytest.raises(InputFault) as caught:
        judge(HEADER + "2023-H-01,住房,1,栋,\n\n" + row + "\n")
    assert (caught.value.row, caught.value.field) == ("4", field)
    assert caught.value.cure


@pytest.mark.parametrize("text", ["—", "——", "-", "/", "", "无数据", "N/A", "缺失"])
def test_a_dash_below_the_city_is_no_zero(judge, text):
    result = one(judge, f"停车泊位缺口数,小区,{text},个,")
    assert (result.value, result.listed, result.decided) == (None, False, False)
    assert "no pass either" in result.warnings[0]


@pytest.mark.parametrize("word", ["—", "无标准", "", "/", "不评价"])
def test_a_city_figure_without_a_grade_is_not_listed_and_not_passed(judge, word):
    result = one(judge, f"城市黑臭水体数量,城市,3,个,{word}")
    assert (result.listed, result.decided) == (False, False)


@pytest.mark.parametrize(
    ("word", "grade"), [("优", "很好"), ("良好", "较好"), ("中等", "一般"), ("较差", "不足"), ("不 足", "不足")]
)
def test_other_words_for_grades_are_understood(judge, word, grade):
    assert one(judge, f"城市黑臭水体数量,城市,3,个,{word}").grade == grade


def test_a_city_value_of_several_figures_does_not_matter_where_a_grade_decides(judge):
    result = one(judge, "公交站点覆盖率,城区（城市）,300米：56%；500米：91%,%,不足")
    assert (result.listed, result.value) == (True, None)
    assert "the grade decides" in result.warnings[1]


def test_another_unit_and_a_repeated_row_are_warned_of(judge):
    rows = judge(HEADER + "2023-H-01,住房,1,幢,\n2023-H-01,住房,2,栋,\n")
    assert "the pack says 栋" in rows[0].warnings[0]
    assert "stands in row 2 too" in rows[1].warnings[0]


def test_a_system_of_dimensions_is_judged_by_grade(judge):
    system = load_ruleset("national-2022")
    rows = judge(HEADER + "城市道路网密度,交通便捷,5,公里/平方公里,不足\n再生水利用率,,30,%,优良\n", system=system)
    assert [(row.id, row.kind, row.listed) for row in rows] == [
        ("2022-T-02", "city", True),
        ("2022-E-14", "city", False),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_tables_are_read_in_the_encodings_offices_use(judge, encoding):
    assert judge(HEADER + "停车泊位缺口数,小区,5,个,\n", encoding)[0].listed


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_tables_are_read_with_other_delimiters(judge, delimiter):
    assert judge((HEADER + "停车泊位缺口数,小区,5,个,\n").replace(",", delimiter))[0].listed


def test_headers_may_be_chinese_blank_rows_and_further_columns_are_no_matter(judge):
    rows = judge(
        "序号,指标名称,层级（维度）,数值,单位,评价等级\n,,,,,\n1,停车泊位缺口数,小区,5,个,\n\n2,城市黑臭水体数量,城区,1,个,不足\n"
    )
    assert [row.row for row in rows] == [3, 5]
    assert all(row.listed for row in rows)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no rows"), (HEADER.encode(), "no rows"), (b"level,value\n1,2\n", "missing"), (b"indicator,value,value\na,1,2\n", "twice"),
        (b"\x00\x01\x02\x00", "no text"), (b"\xff\xff\xff", "no text"), (b'indicator,value\n"a,1\n', "no rows|CSV"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(tmp_path, content, words):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    with pytest.raises(InputFault, match=words):
        read_table(path)


def test_a_table_that_is_absent_or_endless_is_refused(tmp_path, monkeypatch):
    with pytest.raises(InputFault, match="can't be read"):
        read_table(tmp_path / "none.csv")
    monkeypatch.setattr("huancheng.checkup.city_table.reading.MAX_BYTES", 3)
    (tmp_path / "t.csv").write_text("indicator,value\n", "utf-8")
    with pytest.raises(InputFault, match="longer than"):
        read_table(tmp_path / "t.csv")


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("1,234", "个", (1234.0, "个")), ("１，２３４", "个", (1234.0, "个")), ("12.5%", "", (12.5, "%")), ("87 ％", "%", (87.0, "%")),
        ("12栋", "栋", (12.0, "栋")), ("1.2万", "个", (12000.0, "个")), ("3万立方米/小时", "万立方米/小时", (3.0, "万立方米/小时")),
        ("-5", "个", (-5.0, "个")), ("—", "个", (None, "个")), ("0", "", (0.0, "")), ("−3", "个", (-3.0, "个")),
    ],
)  # fmt: skip
def test_figures_are_read_as_people_write_them(text, unit, expected):
    assert read_figure(text, unit) == expected


@pytest.mark.parametrize("text", ["12,34", "1.234,5", "约12", "12%33%", "nan%", "1e5", "inf"])
def test_what_is_no_figure_is_said_to_be_none(text):
    with pytest.raises(NotAFigure):
        read_figure(text, "个")


@given(st.integers(0, 10**9))
def test_thousands_separators_change_nothing(number):
    assert read_figure(f"{number:,}", "个") == read_figure(str(number), "个") == (float(number), "个")
