"""Everybody finds what waits for their post, what they did, what they began; nobody finds more."""

from __future__ import annotations

import pytest

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.chasing import chase
from huancheng.platform.casework.domain.entrusting import hand_over
from huancheng.platform.casework.domain.returning import request_correction
from huancheng.platform.casework.queries.headline import headline_of
from huancheng.platform.casework.queries.lights import Light, lights_today
from huancheng.platform.casework.queries.waiting import tasks_to_do
from huancheng.platform.casework.queries.worklist import (
    Narrowing,
    Tab,
    begun_page,
    counts,
    done_page,
    standing_of_tasks,
    task_page,
    task_rows,
)
from tests.platform.casework.walking import OFFICE, Walk, day

pytestmark = pytest.mark.django_db

GOVERNMENT, COMPILER = "临河县人民政府", "临河县指定的编制部门"


def waiting(acting, **more) -> list[str]:
    page, _standing, _choices = task_page(Tab.TODO, acting, Narrowing(**more), 1)
    return [row.step for row in task_rows(page)]


def test_a_step_waits_for_those_of_its_body_whose_role_carries_it_out(plan, acting):
    assert waiting(acting(GOVERNMENT, "approver")) == ["designate"]
    assert waiting(acting(GOVERNMENT, "reviewer")) == []
    assert waiting(acting(COMPILER, "compiler")) == []
    assert waiting(acting("平野县人民政府", "approver")) == []


def test_clerks_find_what_waits_for_bodies_they_record_for(plan, acting):
    through = plan.standing.through_of(plan.planned("designate"))
    assert through is not None
    assert waiting(acting(through.name, "clerk")) == ["designate"]
    assert waiting(acting(through.name, "compiler")) == []


def test_somebody_without_a_post_finds_nothing(plan, acting):
    nobody = acting(GOVERNMENT, "approver")
    assert waiting(type(nobody)(nobody.person)) == []


def test_a_correction_waits_for_the_side_that_opened_the_case(plan, acting):
    with day(2):
        plan.until("review")
        reviewer = plan.officer_of("review")
        request_correction(plan.pk, "review", reviewer, words="补图")
        assert "review" in waiting(acting(OFFICE, "clerk"))
        assert waiting(reviewer) == []


def test_what_a_colleague_holds_is_shown_only_on_wish(plan, acting):
    first, second = acting(GOVERNMENT, "approver"), acting(GOVERNMENT, "approver", 2)
    with day(1):
        hand_over(plan.pk, "designate", first, to=Person.objects.get(pk=second.person))
        assert waiting(first) == []
        assert waiting(first, whole_body=True) == ["designate"]
        assert waiting(second) == ["designate"]
        assert standing_of_tasks(second, tasks_to_do(second), lights_today()).held == 1


def test_what_one_did_is_told_by_the_log_and_only_while_in_sight(plan, acting):
    approver = acting(GOVERNMENT, "approver")
    with day(1):
        plan.carry_out("designate")
    _page, rows = done_page(approver, 1)
    assert [(row.case.pk, row.act) for row in rows] == [(plan.pk, "complete")]
    elsewhere = acting("平野县人民政府", "approver")
    assert done_page(type(approver)(approver.person, elsewhere.body, "approver", elsewhere.body_name), 1)[1] == []


def test_what_one_began_shows_how_far_it_is(plan, acting):
    _page, rows = begun_page(acting(OFFICE, "officer"), 1)
    assert [(row.case.pk, row.step, row.body) for row in rows] == [(plan.pk, "designate", GOVERNMENT)]


def test_late_and_chased_tasks_stand_before_the_office_and_the_body_itself(plan, acting):
    officer, approver = acting(OFFICE, "officer"), acting(GOVERNMENT, "approver")
    stranger = acting("平野县人民政府", "approver")
    with day(1):
        assert [counts(who, lights_today())[Tab.CHASED] for who in (officer, approver, stranger)] == [0, 0, 0]
        chase(plan.pk, officer, words="请抓紧")
        assert [counts(who, lights_today())[Tab.CHASED] for who in (officer, approver, stranger)] == [1, 1, 0]


def test_a_list_is_narrowed_by_what_stands_in_it(plan, acting):
    approver = acting(GOVERNMENT, "approver")
    assert waiting(approver, instrument="unit_plan", jurisdiction="linhe") == ["designate"]
    assert waiting(approver, instrument="scheme") == []
    assert waiting(approver, jurisdiction="pingye") == []
    assert waiting(approver, body=approver.body) == ["designate"]
    assert waiting(approver, light=Light.RED) == []
    assert waiting(approver, light=Light.OPEN) == ["designate"]
    _page, _standing, choices = task_page(Tab.TODO, approver, Narrowing(), 1)
    assert [(name, number) for name, _words, number in choices.instruments] == [("unit_plan", 1)]


def test_the_headline_says_the_state(plan, acting):
    with day(1):
        plan.until("review")
    reviewer = plan.officer_of("review")
    said = []
    for number in (2, 40):
        with day(number):
            page, standing, _choices = task_page(Tab.TODO, reviewer, Narrowing(), 1)
            said.append(headline_of(Tab.TODO, standing))
            late = task_rows(page)[0].late
    due = plan.case.tasks.get(step="review").due_on
    assert said == [f"1 件待办，最近期限 {due}", f"1 件逾期，最早 {due}"]
    assert late > 0


def test_the_headline_of_an_empty_list_says_so(acting):
    nobody = acting(GOVERNMENT, "approver")
    _page, standing, _choices = task_page(Tab.TODO, nobody, Narrowing(), 1)
    assert headline_of(Tab.TODO, standing) == "没有待办事项"
    assert headline_of(Tab.CHASED, standing) == "没有逾期或督办事项"
    assert headline_of(Tab.DONE) == "您还没有办过案卷"
    assert headline_of(Tab.DONE, total=3) == "您办过 3 件"
    assert headline_of(Tab.MINE) == "您还没有发起案卷"
    assert headline_of(Tab.MINE, total=3) == "您发起了 3 件"


def test_the_most_urgent_comes_first_and_what_one_holds_before_it(acting, unit):
    approver = acting(GOVERNMENT, "approver")
    with day(0):
        walks = [Walk.begin(acting, "unit_plan", unit(key=f"U{number}")) for number in range(3)]
    with day(1):
        hand_over(walks[2].pk, "designate", approver, to=Person.objects.get(pk=approver.person))
        page, _standing, _choices = task_page(Tab.TODO, approver, Narrowing(), 1)
    assert [task.case_id for task in page] == [walks[2].pk, walks[0].pk, walks[1].pk]
