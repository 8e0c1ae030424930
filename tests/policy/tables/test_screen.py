import random

import numpy as np
import pytest
from random_cases import asked, random_value
from toy import toy_book

from huancheng.evidence import InputFault
from huancheng.policy.tables.screen import STATUSES, Column, encode, screen


def base_facts(book, compiled):
    """Facts asked for, derived ones replaced by what they follow from."""
    names = {}
    for name in asked(compiled):
        needs = book.deriver.plan((name,))
        names.update(dict.fromkeys([item for step in needs for item in step.needs] if needs else [name]))
    return [name for name in names if not book.facts[name].is_derived]


def agree(book, compiled, columns, count):
    result = screen(compiled, book.catalogue, encode(book.catalogue, columns), count)
    for case in range(count):
        given = {name: values[case] for name, values in columns.items()}
        try:
            answer = compiled.decide(book.catalogue.read(given))
        except InputFault:
            assert STATUSES[result.status[case]] == "refused"
            continue
        assert STATUSES[result.status[case]] == answer.status, given
        found = [row.id for row in answer.rows]
        if result.standing is not None:
            assert [result.rows[row] for row in np.flatnonzero(result.standing[:, case])] == found, given
        assert (result.rows[result.row[case]] if result.row[case] >= 0 else None) == (found[0] if found else None), (
            given
        )
    assert sum(result.counts().values()) == count


@pytest.mark.parametrize("direct", [True, False], ids=["derived facts given", "derived facts derived"])
def test_screening_gives_every_case_the_answer_it_gets_alone(book, direct):
    chance = random.Random(7)  # noqa: S311
    for compiled in book.compiled.values():
        names = asked(compiled) if direct else base_facts(book, compiled)
        columns = {
            name: [random_value(book, compiled, name, chance) if chance.random() < 0.85 else None for _ in range(150)]
            for name in names
        }
        agree(book, compiled, columns, 150)


def test_quotients_on_the_limit_are_decided_exactly(national):
    third = [(2, 3), (200, 300), (66, 99), (65, 99), (67, 99), (0, 0), (1.4, 2.1), (0.2, 0.3), (2000001, 3000000)]
    columns = {
        "heads_present": [p for p, _ in third],
        "heads_total": [q for _, q in third],
        "q_area": [1] * 9,
        "yes_area": [1] * 9,
        "yes_heads": [1] * 9,
        "matter": ["使用维修资金"] * 9,
    }
    columns["heads_present"] = [round(value) for value in columns["heads_present"]]
    columns["heads_total"] = [round(value) for value in columns["heads_total"]]
    agree(national, national.compiled["owner_vote"], columns, 9)


def test_a_fact_not_given_is_unknown_and_an_act_not_given_is_not_done(tmp_path):
    book = toy_book(
        tmp_path,
        "first",
        "a, act, r, both, s, t, c, m",
        "id: R1, when: {act: true}",
        "id: R2, when: {a: true}",
        "id: R3, when: {r: {gt: 0}}",
        "id: R4, when: {both: false}",
        "id: R5, when: {t: {not: 某}}",
        "id: R6, when: {t: {in: [某, 它]}, s: 东}",
        "id: R7, when: {c: {not_in: [红, 黄]}, m: {not_in: [1, 2]}}",
        "id: R8, when: {m: {in: [1, 2]}}",
        "id: R9, when: {m: {not: 3}}",
        "id: R10, when: {r: {not_applicable: false}}",
        "id: R11, when: {none_of: [{a: true}, {c: 绿}]}",
    )
    compiled = book.compiled["t1"]
    agree(book, compiled, {"a": [True, False, None]}, 3)
    agree(
        book,
        compiled,
        {
            "a": [False] * 4,
            "b": [True, False, None, True],
            "p": [1, 0, -1, None],
            "q": [1, 0, 2, 1],
            "t": ["某", "它", None, "甲"],
            "s": [["东"], [], ["西"], None],
            "c": ["红", "绿", None, "黄"],
            "m": [1, 2.5, 3, None],
            "act": [None, False, False, False],
        },
        4,
    )
    agree(
        book,
        compiled,
        {
            "a": [False] * 3,
            "both": [True] * 3,
            "t": ["某"] * 3,
            "s": [["南"]] * 3,
            "c": ["红", "黄", "绿"],
            "r": [-1, "不适用", None],
            "m": [3, 3, 3],
        },
        3,
    )
    agree(
        book,
        compiled,
        {
            "a": [False] * 5,
            "b": [False, None, True, True, False],
            "both": [False, False, None, True, True],
            "r": [0.5, 0.5, 1, "不适用", None],
            "p": [1, 1, 1, 1, 1],
            "q": [2, 3, 0, 0, None],
        },
        5,
    )


def test_screening_takes_no_absence_of_what_always_applies(book):
    names = ("in_protection_zone", "sunlight_ok", "fire_spacing_ok", "far_within_regulatory_plan")
    for name in names[:3]:
        columns = {**{key: [False, False] for key in names}, name: [True, "不适用"]}
        with pytest.raises(InputFault, match="always applies"):
            encode(book.catalogue, columns)
    column = Column(np.zeros(2, bool), absent=np.array([False, True]))
    with pytest.raises(InputFault, match=r"row 1, field sunlight_ok: .*日照标准.*mark it unknown"):
        screen(book.compiled["far_height_relax"], book.catalogue, {"sunlight_ok": column}, 2)


def test_a_column_may_say_that_a_ratio_has_nothing_to_be_a_ratio_of(national):
    columns = {
        "demolition_ratio": ["不适用", 0.3],
        "build_demolish_ratio": ["不适用", 1],
        "nearby_rate": [1, "不适用"],
        "rent_growth": [0, 0],
    }
    agree(national, national.compiled["red_lines_63"], columns, 2)


def test_a_share_of_nothing_that_is_more_than_nothing_is_refused(national):
    columns = {
        "tenure": ["村集体"] * 4,
        "villagers_total": [0, 0, 10, None],
        "villagers_present": [0, 5, 5, 5],
        "villagers_yes": [0, 5, 5, 5],
        "households_total": [0, 0, 0, 0],
        "households_present": [0, 0, 0, 0],
    }
    compiled = national.compiled["owner_consent"]
    agree(national, compiled, columns, 4)
    result = screen(compiled, national.catalogue, encode(national.catalogue, columns), 4)
    assert [STATUSES[code] for code in result.status] == ["decided", "refused", "decided", "needs_data"]
    assert [result.rows[row] if row >= 0 else None for row in result.row] == ["N7", None, "N7", None]


def test_columns_of_different_lengths_are_refused(national):
    with pytest.raises(InputFault, match="different lengths"):
        encode(national.catalogue, {"q_area": [1], "q_heads": [1, 1]})


def test_facts_that_contradict_each_other_are_refused(national):
    columns = {
        "heads_present": [5, 5],
        "heads_yes": [6, 5],
        "q_area": [1, 1],
        "q_heads": [1, 1],
        "yes_area": [1, 1],
        "matter": ["使用维修资金"] * 2,
    }
    result = screen(national.compiled["owner_vote"], national.catalogue, encode(national.catalogue, columns), 2)
    assert [STATUSES[code] for code in result.status] == ["refused", "decided"]
