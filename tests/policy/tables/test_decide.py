from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_cases import random_case
from toy import toy_book

from huancheng.evidence import InputFault
from huancheng.policy.book import load_book


def ask(book, **facts):
    return book.table("t1").decide(book.catalogue.read(facts))


def ids(answer):
    return [row.id for row in answer.rows]


class TestFirst:
    @pytest.fixture
    def book(self, tmp_path):
        return toy_book(
            tmp_path, "first", "a, b, c", "id: R1, when: {a: true, b: true}", "id: R2, when: {c: 红}", "id: R3"
        )

    def test_the_first_matching_row_wins(self, book):
        assert ids(ask(book, a=True, b=True, c="红")) == ["R1"]
        assert ids(ask(book, a=False, b=True, c="红")) == ["R2"]
        assert ids(ask(book, a=False, b=True, c="绿")) == ["R3"]

    def test_a_single_answer_has_an_outcome_and_an_open_one_has_none(self, book):
        assert (ask(book, a=False, c="绿").outcome, ask(book).outcome) == ("", "")
        permits = load_book("liaocheng-2023").table("fees")
        assert permits.decide({"listed_in_relief_catalogue": True}).outcome == "relief"

    def test_every_earlier_row_names_its_first_failing_condition(self, book):
        answer = ask(book, a=True, b=False, c="绿")
        assert [(item.row.id, item.part.fact) for item in answer.rejected] == [("R1", "b"), ("R2", "c")]

    def test_an_unknown_fact_never_lets_a_row_pass(self, book):
        answer = ask(book, b=True)
        assert (answer.status, ids(answer), answer.missing) == ("needs_data", [], ("a", "c"))
        assert [row.id for row in answer.open_rows] == ["R1", "R2"]

    def test_an_unknown_fact_that_cannot_matter_is_not_asked_for(self, book):
        assert ids(ask(book, a=False, c="红")) == ["R2"]

    def test_where_no_row_fits_a_person_decides(self, tmp_path):
        book = toy_book(tmp_path, "first", "a", "id: R1, when: {a: true}", extra="  open_reason: 试验\n")
        answer = ask(book, a=False)
        assert (answer.status, answer.reason) == ("conflict", "没有规则适用于这一情形")
        assert answer.cites == ("law/1",)


class TestUnique:
    @pytest.fixture
    def book(self, tmp_path):
        return toy_book(tmp_path, "unique", "a, b", "id: R1, when: {a: true}", "id: R2, when: {b: true}")

    def test_one_row_decides_and_two_are_a_conflict(self, book):
        assert ids(ask(book, a=True, b=False)) == ["R1"]
        answer = ask(book, a=True, b=True)
        assert (answer.status, ids(answer)) == ("conflict", ["R1", "R2"])

    def test_a_row_left_open_keeps_the_answer_open(self, book):
        assert ask(book, a=True).status == "needs_data"

    def test_no_row_is_a_conflict(self, book):
        assert ask(book, a=False, b=False).status == "conflict"


class TestCollect:
    def test_rows_that_stand_are_told_even_while_others_are_open(self, tmp_path):
        book = toy_book(tmp_path, "collect", "a, b", "id: R1, when: {a: true}", "id: R2, when: {b: true}", "id: R3")
        assert ids(ask(book, a=True, b=False)) == ["R1", "R3"]
        answer = ask(book, a=True)
        assert (answer.status, ids(answer), answer.missing) == ("needs_data", ["R1", "R3"], ("b",))


class TestPriority:
    ROWS = (
        "id: G, outcome: yes1",
        "id: X, when: {a: true}, outcome: no1, exception_to: [G], priority: 5",
        "id: E, when: {b: true}, outcome: no2, priority: 5",
        "id: Z, when: {c: 红}, outcome: yes1, exception_to: [X]",
    )

    @pytest.fixture
    def book(self, tmp_path):
        return toy_book(tmp_path, "priority", "a, b, c", *self.ROWS)

    def test_an_exception_beats_the_general_rule(self, book):
        answer = ask(book, a=True, b=False, c="绿")
        assert ids(answer) == ["X"]
        assert [(item.row.id, item.by.id) for item in answer.beaten] == [("G", "X")]

    def test_an_exception_to_the_exception_brings_no_beaten_rule_of_lower_rank_back_in_silence(self, book):
        answer = ask(book, a=True, b=False, c="红")
        assert answer.status == "decided"
        assert {item.row.id for item in answer.beaten} == {"G", "X"}

    def test_two_of_the_same_rank_with_different_results_are_a_conflict(self, book):
        assert ask(book, a=True, b=True, c="绿").status == "conflict"

    def test_an_unknown_exception_keeps_the_general_rule_from_standing(self, book):
        answer = ask(book, b=False, c="绿")
        assert (answer.status, answer.missing) == ("needs_data", ("a",))

    def test_an_open_row_that_could_not_win_is_not_waited_for(self, tmp_path):
        book = toy_book(
            tmp_path,
            "priority",
            "a, b",
            "id: G, outcome: yes1, priority: 1",
            "id: X, when: {a: true}, outcome: no1, priority: 9, exception_to: [E]",
            "id: E, when: {b: true}, outcome: no2, priority: 9",
        )
        assert ids(ask(book, a=True)) == ["X"]
        low = toy_book(
            tmp_path,
            "priority",
            "a, b",
            "id: G, outcome: yes1, priority: 3",
            "id: X, when: {a: true}, outcome: no1, priority: 1",
        )
        assert ids(ask(low)) == ["G"]

    def test_no_row_is_a_conflict_and_only_open_rows_need_data(self, tmp_path):
        book = toy_book(tmp_path, "priority", "a", "id: X, when: {a: true}", extra="  open_reason: 试验\n")
        assert ask(book, a=False).status == "conflict"
        assert ask(book).status == "needs_data"


class TestAccumulate:
    @pytest.fixture
    def book(self, tmp_path):
        return toy_book(
            tmp_path,
            "accumulate",
            "a, b, c",
            "id: R1, when: {a: true}, bound: [甲, 乙], escalate: [省级批准]",
            "id: R2, when: {b: true}, bound: [乙, 丙], block: [先鉴定], urgent: true",
            "id: R3, when: {c: 红}, bound: [丙]",
            extra="  results: [甲, 乙, 丙]\n",
        )

    def test_bounds_intersect_and_escalations_join(self, book):
        answer = ask(book, a=True, b=True, c="绿")
        assert (answer.status, answer.bound, answer.escalate, answer.block) == (
            "decided",
            ("乙",),
            ("省级批准",),
            ("先鉴定",),
        )

    def test_an_empty_bound_is_a_conflict_for_a_person(self, book):
        answer = ask(book, a=True, c="红")
        assert (answer.status, answer.bound, answer.reason) == ("conflict", (), "各项规则允许的处置没有交集")

    def test_while_a_row_is_open_the_bound_so_far_is_told(self, book):
        answer = ask(book, a=True, c="绿")
        assert (answer.status, answer.bound, answer.missing) == ("needs_data", ("甲", "乙"), ("b",))

    def test_no_rule_leaves_all_results(self, book):
        assert ask(book, a=False, b=False, c="黄").bound == ("甲", "乙", "丙")


class TestFacts:
    def test_derived_facts_follow_exactly_and_name_what_they_lack(self, tmp_path):
        book = toy_book(tmp_path, "first", "r", 'id: R1, when: {r: {gte: "1/3"}}', "id: R2")
        assert ids(ask(book, p=1, q=3)) == ["R1"]
        assert ids(ask(book, p=0.3333333333333333, q=1)) == ["R2"]
        assert ask(book, q=3).missing == ("p",)
        assert ask(book).missing == ("p", "q")

    def test_a_ratio_to_nothing_does_not_apply_and_passes_no_test_but_that(self, tmp_path):
        book = toy_book(
            tmp_path,
            "first",
            "r",
            "id: R1, when: {r: {gt: 0}}",
            "id: R2, when: {r: {not_applicable: true}}",
            "id: R3, when: {r: {not_applicable: false}}",
        )
        assert ids(ask(book, p=5, q=0)) == ["R2"]
        assert ids(ask(book, p=-5, q=1)) == ["R3"]
        assert ids(ask(book, p="不适用", q=1)) == ["R2"]
        assert ids(ask(book, r="不适用")) == ["R2"]

    def test_a_derived_condition_is_open_while_its_parts_are(self, tmp_path):
        book = toy_book(tmp_path, "first", "both", "id: R1, when: {both: true}", "id: R2")
        assert ids(ask(book, a=True, b=True)) == ["R1"]
        assert ids(ask(book, a=False)) == ["R2"]
        assert ask(book, a=True).missing == ("b",)

    def test_a_derived_fact_given_otherwise_is_refused(self, tmp_path):
        book = toy_book(tmp_path, "first", "r", "id: R1")
        assert ids(ask(book, p=1, q=2, r=0.5)) == ["R1"]
        with pytest.raises(InputFault, match="given as 1 but follows as 1/2"):
            ask(book, p=1, q=2, r=1)

    def test_votes_beyond_those_present_are_refused(self, national):
        facts = national.catalogue.read(
            {"q_area": 1, "q_heads": 1, "heads_present": 5, "heads_yes": 6, "yes_area": 1, "表决事项": "使用维修资金"}
        )
        with pytest.raises(InputFault, match="同意人数占参与人数比 follows as 6/5, which can't be"):
            national.table("业主共同决定").decide(facts)

    def test_an_act_not_on_record_has_not_been_done(self, tmp_path):
        book = toy_book(tmp_path, "first", "act", "id: R1, when: {act: true}", "id: R2")
        assert ids(ask(book)) == ["R2"]
        assert ids(ask(book, act=True)) == ["R1"]

    def test_facts_of_several_values_are_asked_one_by_one(self, tmp_path):
        book = toy_book(tmp_path, "first", "s", "id: R1, when: {s: {has: 东, lacks: 西}}", "id: R2")
        assert ids(ask(book, s=["东", "南"])) == ["R1"]
        assert ids(ask(book, s=["东", "西"])) == ["R2"]
        assert ids(ask(book, s="东")) == ["R1"]

    def test_any_and_none_follow_three_valued_logic(self, tmp_path):
        book = toy_book(
            tmp_path,
            "first",
            "a, b",
            "id: R1, when: {any_of: [{a: true}, {b: true}]}",
            "id: R2, when: {none_of: [{a: true}, {b: true}]}",
        )
        assert ids(ask(book, a=True)) == ["R1"]
        assert ids(ask(book, a=False, b=False)) == ["R2"]
        assert ask(book, a=False).missing == ("b",)

    @pytest.mark.parametrize(
        ("test", "value", "holds"),
        [
            ("m: {not: 3}", 3, False),
            ("m: {in: [1, 2.5]}", 2.5, True),
            ("m: {not_in: [1, 2.5]}", 2.5, False),
            ("m: {gt: 3, lte: 5}", 5, True),
            ("m: {gt: 3, lte: 5}", 3, False),
            ("m: {lt: 0.3}", 0.3, False),
        ],
    )
    def test_numbers_compare_as_they_are_written(self, tmp_path, test, value, holds):
        book = toy_book(tmp_path, "first", "m", f"id: R1, when: {{{test}}}", "id: R2")
        assert ids(ask(book, m=value)) == (["R1"] if holds else ["R2"])


class TestTime:
    def test_a_row_counts_only_while_it_is_in_force(self, tmp_path):
        book = toy_book(
            tmp_path,
            "first",
            "a",
            "id: R1, effective_from: 2025-01-01",
            "id: R2, effective_to: 2024-12-31",
            "id: R3, when: {a: true}",
        )
        facts = book.catalogue.read({"a": True})
        assert ids(book.table("t1", as_of=date(2024, 6, 1)).decide(facts)) == ["R2"]
        assert ids(book.table("t1", as_of=date(2025, 6, 1)).decide(facts)) == ["R1"]
        assert book.latest_change == date(2025, 1, 1)
        assert book.compiled["t1"].is_dated


class TestTrace:
    @settings(max_examples=12)
    @given(st.randoms(use_true_random=False))
    def test_every_answer_of_every_table_cites_and_every_rejected_row_names_a_failing_condition(self, book, chance):
        for compiled in book.compiled.values():
            case = random_case(book, compiled, chance, unknown=0.2)
            answer = compiled.decide(book.catalogue.read(case))
            document = answer.as_dict(book.catalogue, book.citations.as_dict, "")
            assert document["citations"]
            assert all(item["says"] and item["source"] for item in document["citations"])
            for item in answer.rejected:
                assert item.part.evaluate(answer.facts) is False
            for row in answer.rows:
                condition = next(item.condition for item in compiled.rows if item.row.id == row.id)
                assert condition.evaluate(answer.facts) is True
            assert document["advice"].startswith("本结论仅供参考")

    @settings(max_examples=12)
    @given(st.randoms(use_true_random=False))
    def test_what_is_decided_with_gaps_stays_decided_whatever_fills_them(self, book, chance):
        for compiled in book.compiled.values():
            whole = random_case(book, compiled, chance)
            part = {name: value for name, value in whole.items() if chance.random() < 0.7}
            answer = compiled.decide(book.catalogue.read(part))
            if answer.status == "decided":
                assert compiled.decide(book.catalogue.read(whole)).rows == answer.rows

    @settings(max_examples=12)
    @given(st.randoms(use_true_random=False))
    def test_stating_the_missing_facts_settles_the_case(self, book, chance):
        for compiled in book.compiled.values():
            whole = random_case(book, compiled, chance)
            part = {name: value for name, value in whole.items() if chance.random() < 0.6}
            answer = compiled.decide(book.catalogue.read(part))
            if answer.status == "needs_data" and all(name in whole for name in answer.missing):
                part |= {name: whole[name] for name in answer.missing}
                assert compiled.decide(book.catalogue.read(part)).status != "needs_data"
