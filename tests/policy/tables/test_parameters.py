"""A rule takes its number from a parameter, so that a city that changes the parameter changes the rule."""

import pytest
from toy import table_text, write_toy

from huancheng.policy.asking import decide_case
from huancheng.policy.book import load_book
from huancheng.policy.check import check_book
from huancheng.policy.pack import PackFault
from huancheng.policy.provisions.parameters import Parameter, fill_text

CHILD = """id: child
title: 某市
parent: liaocheng-2023
version: "1"
effective_from: 2024-01-01
"""
BOND = {"on_negative_list": False, "has_project_income": True, "debt_opinion": "同意", "capital_share": 0.3}
MERGE = {"conforms_master_plan": True, "parcel_kind": "夹心地", "adjacent_parcel": True}
TENANTS = {"产权类型": "公有租赁", "public_owner_consents": True, "tenants_total": 100}

RULES = [
    ("fragment_share", 0.2, "fragment_merge", MERGE | {"fragment_share": 0.15}, "M3", "M4"),
    ("coverage_floor", 1.1, "special_bond", BOND | {"coverage_ratio": 1.05}, "Z7", "Z6"),
    ("coverage_floor", 1.1, "special_bond", BOND | {"coverage_ratio": 1.05, "fiscal_fallback": True}, "Z7", "Z5"),
    ("coverage_warning", 1.3, "special_bond", BOND | {"coverage_ratio": 1.25}, "Z8", "Z7"),
    ("signing_share", 0.9, "owner_consent", TENANTS | {"tenants_signed": 92}, "N12", "N11"),
]


@pytest.mark.parametrize("rule", RULES)
def test_a_child_pack_that_overrides_a_parameter_changes_the_rule(workshop, book, rule):
    parameter, value, table, facts, before, after = rule
    workshop.write("child/pack.yaml", CHILD)
    workshop.write(
        "child/parameters.yaml",
        f"changes:\n- {{entry: {parameter}, kind: override, reason: 本市规定, set: {{value: {value}}}}}\n",
    )
    assert [row["row"] for row in decide_case(book, table, facts)["outcomes"]] == [before]
    document = decide_case(workshop.book("child"), table, facts)
    assert [row["row"] for row in document["outcomes"]] == [after]
    assert [(change["entry"], change["reason"]) for change in document["changes"]] == [(parameter, "本市规定")]
    assert not check_book(workshop.book("child"))


def test_the_words_of_a_rule_carry_the_number_that_holds(workshop, book):
    facts = MERGE | {"fragment_share": 0.3}
    assert "超过默认上限0.1，" in decide_case(book, "fragment_merge", facts)["outcomes"][0]["text"]
    workshop.edit("liaocheng-2023/parameters.yaml", "value: 0.1\n", "value: 0.25\n")
    assert "超过默认上限0.25，" in decide_case(workshop.book(), "fragment_merge", facts)["outcomes"][0]["text"]
    low = decide_case(book, "special_bond", BOND | {"coverage_ratio": 0.5})
    assert low["outcomes"][0]["text"] == "本息覆盖倍数低于1倍（默认值）"


def test_no_rule_writes_a_number_that_is_a_parameter(book):
    referring = {table.id: book.parameters_of(table.id) for table in book.tables if book.parameters_of(table.id)}
    assert referring == {
        "fragment_merge": ("fragment_share",),
        "special_bond": ("coverage_floor", "coverage_warning"),
        "owner_consent": ("signing_share",),
    }
    assert not [finding for finding in check_book(book) if "parameter" in finding.kind]


def parameters_text(*entries):
    return "envelope: {basis: default, certainty: proposed}\nentries:\n" + "".join(
        f"- {{{item}}}\n" for item in entries
    )


def toy(tmp_path, rows, *entries, extra="basis: default"):
    text = table_text("first", "m, a, c, t", *rows).replace("{basis: law", f"{{{extra}", 1)
    return load_book(write_toy(tmp_path, tables=text, parameters=parameters_text(*entries)), root=tmp_path)


LIMIT = "id: limit, title: 上限, value: 3, cites: [law/1]"


@pytest.mark.parametrize("test", ["{gt: 3}", "3", "[2, 3]", "{none_of: [{m: 3}]}"])
def test_check_finds_a_number_that_repeats_a_parameter_of_the_same_source(tmp_path, test):
    when = test if "none_of" in test else f"{{m: {test}}}"
    book = toy(tmp_path, [f"id: R1, when: {when}", "id: R2"], LIMIT)
    findings = check_book(book)
    assert [(item.kind, item.key) for item in findings] == [("repeated_parameter", "t1/R1")]
    assert findings[0].cure == "write {parameter: limit}"


@pytest.mark.parametrize(
    "parameter",
    [
        "id: limit, title: 上限, value: 4, cites: [law/1]",
        "id: limit, title: 上限, value: 3",
        "id: limit, title: 词, value: 红, cites: [law/1]",
        "id: limit, title: 是, value: true, cites: [law/1]",
    ],
)
def test_another_number_or_another_source_is_no_repetition(tmp_path, parameter):
    rows = ["id: R1, when: {m: {gt: 3}}", "id: R2, when: {a: true, c: 红}", "id: R3"]
    assert check_book(toy(tmp_path, rows, parameter)) == []


def test_check_finds_a_firm_row_that_rests_on_a_parameter_of_ours(tmp_path):
    rows = ["id: R1, when: {m: {gt: {parameter: limit}}}", "id: R2"]
    assert [item.kind for item in check_book(toy(tmp_path, rows, LIMIT, extra="basis: law"))] == ["weaker_parameter"]
    assert check_book(toy(tmp_path, rows, LIMIT)) == []
    firm = f"{LIMIT}, basis: law, certainty: read"
    assert check_book(toy(tmp_path, rows, firm, extra="basis: law")) == []


def test_a_parameter_may_stand_wherever_a_value_may(tmp_path):
    rows = [
        "id: R1, when: {m: {parameter: limit}}",
        "id: R2, when: {m: {in: [7, {parameter: other}]}}",
        "id: R3, when: {c: {parameter: colour}, a: {parameter: on_site}}",
        "id: R4",
    ]
    colour = ["id: colour, title: 色, value: 红", "id: on_site, title: 在, value: true"]
    book = toy(tmp_path, rows, LIMIT, "id: other, title: 它, value: 8", *colour)
    answers = [
        decide_case(book, "t1", {"m": m, "a": True, "c": c})["outcomes"][0]["row"]
        for m, c in [(3, "绿"), (8, "绿"), (7, "绿"), (5, "红"), (5, "绿")]
    ]
    assert answers == ["R1", "R2", "R2", "R3", "R4"]
    assert book.parameters_of("t1") == ("limit", "other", "colour", "on_site")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "id: R1, when: {m: {gt: {parameter: nothing}}}",
            "no parameter 'nothing' — add it to parameters.yaml",
        ),
        ("id: R1, when: {m: {gt: {parameter: 5}}}", "is no number"),
        ("id: R1, when: {c: {parameter: limit}}", "holds text, not 3"),
    ],
)
def test_a_parameter_that_is_not_there_or_does_not_fit_is_refused(tmp_path, row, message):
    book = toy(tmp_path, [row, "id: R2"], LIMIT)
    with pytest.raises(PackFault, match=message) as caught:
        check_book(book)
    assert (caught.value.field, caught.value.file) == ("t1/R1", "toy/tables.yaml")


def test_a_text_that_names_no_parameter_of_the_pack_is_refused(workshop):
    workshop.edit("liaocheng-2023/tables/land.yaml", "{fragment_share}，", "{fragment}，")
    with pytest.raises(PackFault, match="the text names the parameter 'fragment'"):
        decide_case(workshop.book(), "fragment_merge", MERGE)


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [(0.1, "", "0.1"), (5, "公顷", "5公顷"), (True, "", "是"), ("上年11月30日", "", "上年11月30日")],
)
def test_parameters_are_said_with_their_units(value, unit, said):
    parameter = Parameter.model_validate(
        {"id": "p", "title": "数", "value": value, "unit": unit, "basis": "default", "certainty": "proposed"},
        strict=False,
    )
    assert fill_text("不超过{p}，{", {"p": parameter}) == f"不超过{said}，{{"
