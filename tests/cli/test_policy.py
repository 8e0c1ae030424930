import json
from pathlib import Path

import pytest

from huancheng.cli import main


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as ended:
        main(["policy", *arguments])
    captured = capsys.readouterr()
    return ended.value.code, captured.out, captured.err


def ask(capsys, *arguments):
    code, out, _ = run(capsys, *arguments, "--json")
    return code, json.loads(out)


@pytest.fixture
def facts(tmp_path):
    def write(content, name="facts.json"):
        path = tmp_path / name
        path.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
        return str(path)

    return write


def test_a_route_is_told_by_official_names(capsys):
    code, document = ask(capsys, "route", "城市更新单元规划", "--jurisdiction", "茌平区")
    assert (code, document["route"]) == (0, "unit-plan-other")
    assert {"kind", "body", "gate", "basis", "clause", "days"} <= set(document["steps"][0])
    code, out, _ = run(capsys, "route", "供地", "--jurisdiction", "冠县")
    assert (code, "1. 编制" in out, "拟采用供地方式属于" in out) == (0, True, True)


def test_facts_move_the_route(capsys, facts):
    _, document = ask(capsys, "route", "项目实施方案", "--jurisdiction", "高新区", "--facts", facts({"重大": True}))
    assert document["route"] == "scheme-escalated"


def test_a_decision_is_told_with_its_trace_and_missing_facts_end_with_one(capsys, facts):
    given = {"涉及土地权属变化": False, "用地性质变更": False}
    code, document = ask(capsys, "decide", "供地方式", "--facts", facts(given))
    assert (code, document["status"], document["outcomes"][0]["outcome"]) == (0, "decided", "no_land_procedure")
    code, document = ask(capsys, "decide", "land_supply")
    assert (code, document["status"], document["missing"][0]) == (1, "needs_data", "ownership_changes")
    code, out, _ = run(capsys, "decide", "供地方式", "--facts", facts({"facts": given | {"符合总体规划": True}}))
    assert (code, "已有结论" in out, "聊政字〔2023〕7号 七(三)" in out) == (0, True, True)


def test_facts_may_be_yaml_and_come_by_standard_input(capsys, facts, monkeypatch):
    path = facts("ownership_changes: false\nuse_changes: 否\n", "facts.yaml")
    assert ask(capsys, "decide", "供地方式", "--facts", path)[0] == 0

    class Input:
        buffer = Path(path).open("rb")  # noqa: SIM115

    monkeypatch.setattr("sys.stdin", Input)
    assert ask(capsys, "decide", "供地方式", "--facts", "-")[0] == 0
    Input.buffer.close()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[1, 2]", "holds no mapping"),
        ('{"甲": 1, "甲": 2}', "stands twice"),
        ("甲: no\n", "unquoted no"),
        ('{"月亮": true}', "no rule of the pack asks"),
    ],
)
def test_a_broken_fact_file_ends_with_three_and_a_plain_message(capsys, facts, content, message):
    code, out, err = run(capsys, "decide", "供地方式", "--facts", facts(content), "--json")
    assert code == 3
    assert message in json.loads(out)["error"]
    assert "Traceback" not in err
    code, _, err = run(capsys, "decide", "供地方式", "--facts", "nowhere.json")
    assert (code, "can't be read" in err) == (3, True)


def test_rules_are_applied_as_of_a_day(capsys, facts):
    given = facts({"用途在混合开发正面清单内": True, "在省级及以上开发区内": False})
    for day, row in (("2025-06-01", "X1"), ("2026-06-01", "X0")):
        _, document = ask(
            capsys, "decide", "用地兼容与转换", "--pack", "liaocheng-2026", "--facts", given, "--as-of", day
        )
        assert (document["outcomes"][0]["row"], document["as_of"]) == (row, day)


def test_check_finds_nothing_in_the_shipped_packs_and_shows_the_changes(capsys):
    for name in ("national", "shandong", "liaocheng-2023", "liaocheng-2026", "example-city"):
        code, document = ask(capsys, "check", name)
        assert (code, document["findings"]) == (0, [])
    assert document["changes"][0]["reason"]
    assert (
        ask(capsys, "check")[1]["pack"]
        == ask(capsys, "check", "--pack", "liaocheng-2023")[1]["pack"]
        == "liaocheng-2023"
    )
    code, out, _ = run(capsys, "check", "liaocheng-2026")
    assert "国家2026年1月通知" in out


def test_a_pack_with_a_finding_ends_with_one(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "new", "anyang", "--title", "安阳")[0] == 0
    path = tmp_path / "anyang/bodies.yaml"
    path.write_text("entries:\n- {id: x, title: 某局, basis: seed, certainty: read}\n", "utf-8")
    code, out, _ = run(capsys, "check", "anyang")
    assert (code, "某局 has no level" in out) == (1, True)
    code, document = ask(capsys, "diff", "liaocheng-2023", "anyang")
    assert (code, document[0]["words"]) == (0, "新增机构 x：某局")
    path.write_text("entries:\n- {id: x, title: no}\n", "utf-8")
    code, document = ask(capsys, "check", "anyang")
    assert (code, document["line"], document["key"]) == (3, "2", "entries.0.title")


def test_clauses_are_shown_and_listed(capsys, tmp_path):
    code, document = ask(capsys, "show", "五(二)", "--office", str(tmp_path))
    assert (code, document["heading"]) == (0, "编制专项规划")
    assert "civil-code" in run(capsys, "show", "--list", "law")[1]
    assert ask(capsys, "show")[1][0]["id"] == "前言"
    code, out, _ = run(capsys, "show", "5.4-6", "--office", str(tmp_path))
    assert (code, "市城市更新工作专班" in out) == (0, True)


def test_an_attached_document_opens_at_its_sentence(capsys, tmp_path):
    path = tmp_path / "意见.txt"
    path.write_text("五、步骤\n（四）项目。年度实施计划经同级批准并报市城市更新工作专班审核后组织实施。\n", "utf-8")
    office = str(tmp_path / "office")
    code, document = ask(capsys, "attach", str(path), "--office", office)
    assert (code, document["clauses"]) == (0, ["五", "五(四)"])
    assert "not linked" in run(capsys, "attach", str(path), "--office", office)[1]
    assert "审核后组织实施" in ask(capsys, "show", "5.4-6", "--office", office)[1]["requirements"][0]["official"]


def test_coverage_counts_what_tests_prove(capsys, tmp_path):
    results = tmp_path / "r.json"
    results.write_text(json.dumps({"t": {"requirements": ["5.4-6"], "outcome": "passed"}}), "utf-8")
    code, document = ask(capsys, "coverage", "--results", str(results))
    assert (code, document["proved"], document["requirements"]) == (0, 1, 164)
    results.write_text(json.dumps({"t": {"requirements": ["5.4-6"], "outcome": "failed"}}), "utf-8")
    code, out, _ = run(capsys, "coverage", "--results", str(results))
    assert (code, "broken 5.4-6: t" in out) == (1, True)
    assert run(capsys, "coverage", "--results", str(tmp_path / "none.json"))[0] == 3


@pytest.mark.parametrize(("name", "beginning"), [("a.svg", "<svg"), ("deep/a.bpmn", "<?xml")])
def test_routes_are_drawn(capsys, tmp_path, name, beginning):
    code, document = ask(capsys, "diagram", "年度计划", "--jurisdiction", "冠县", "--out", str(tmp_path / name))
    assert (code, document["steps"]) == (0, 4)
    assert (tmp_path / name).read_text("utf-8").startswith(beginning)


def test_a_drawing_of_no_known_kind_is_refused(capsys, tmp_path):
    code, _, err = run(capsys, "diagram", "年度计划", "--jurisdiction", "冠县", "--out", str(tmp_path / "a.gif"))
    assert (code, ".svg or .bpmn" in err) == (3, True)


def test_two_packs_without_difference_say_so(capsys):
    assert run(capsys, "diff", "national", "national")[1].strip() == "无差异"
