"""Facts and preconditions: told by those who may, shown by a paper or by another case that got far enough."""

from __future__ import annotations

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.casework.domain.faults import NotAllowed, NotAllowedByRoute
from huancheng.platform.casework.domain.informing import concerns, meet_precondition, reached, state_facts
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.returning import withdraw
from huancheng.platform.casework.models import Case, CaseLink
from tests.platform.casework.walking import OFFICE, Walk, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def special_plan(acting, unit):
    """A county's special plan, approved."""
    with day(0):
        walk = Walk.begin(acting, "special_plan", unit(kind="jurisdiction", key="linhe"))
        walk.carry_out("compile")
    with day(60):
        walk.until("file")
    return walk


@pytest.fixture
def waiting(acting, unit):
    """A unit plan that waits for the special plan."""
    with day(60):
        return Walk(open_case("unit_plan", unit(), acting(OFFICE, "officer")).case.pk, acting)


@pytest.mark.requirement("5.3-1")
def test_an_approved_special_plan_lets_the_countys_unit_plan_begin(special_plan, waiting):
    with day(61):
        assert waiting.ready == []
        meet_precondition(waiting.pk, "special-plan", waiting.acting(OFFICE, "officer"), by=special_plan.case)
    assert waiting.ready == ["designate"]
    assert waiting.standing.state.met["special-plan"] == special_plan.case.number
    link = CaseLink.objects.get()
    assert (link.case_id, link.other_id, link.precondition) == (waiting.pk, special_plan.pk, "special-plan")


def test_another_countys_plan_shows_nothing(special_plan, acting, unit):
    with day(61):
        far = Walk(open_case("unit_plan", unit("pingye", "U2"), acting(OFFICE, "officer")).case.pk, acting)
        with pytest.raises(InputFault, match="还不能证明"):
            meet_precondition(far.pk, "special-plan", acting(OFFICE, "officer"), by=special_plan.case)
    assert far.ready == []


def test_a_plan_of_the_central_city_holds_for_all_of_it(acting, unit):
    officer = acting(OFFICE, "officer")
    with day(0):
        plan = Walk.begin(acting, "special_plan", unit("wangyue", "wangyue", "jurisdiction"))
        Case.objects.filter(pk=plan.pk).update(approved=True)
        zone = Walk(open_case("unit_plan", unit("example_hightech_zone", "U3"), officer).case.pk, acting)
        meet_precondition(zone.pk, "special-plan", officer, by=plan.case)
    assert zone.ready == ["designate"]


@pytest.mark.parametrize(
    ("columns", "state", "enough"),
    [
        ({"approved": False}, "approved", False),
        ({"approved": True}, "approved", True),
        ({"approved": True, "cleared": False}, "cleared", False),
        ({"cleared": True}, "cleared", True),
        ({"status": "open"}, "finished", False),
        ({"status": "finished"}, "finished", True),
        ({"approved": True, "status": "withdrawn"}, "approved", False),
        ({"approved": True, "status": "refused"}, "approved", False),
    ],
)
def test_how_far_a_case_must_have_got(columns, state, enough):
    assert reached(Case(**{"status": "open", **columns}), state) is enough


def test_a_withdrawn_plan_shows_nothing_any_more(special_plan, waiting):
    with day(61):
        withdraw(special_plan.pk, special_plan.acting(OFFICE, "compiler"), words="重编")
        with pytest.raises(InputFault, match="还不能证明"):
            meet_precondition(waiting.pk, "special-plan", waiting.acting(OFFICE, "officer"), by=special_plan.case)


def test_a_precondition_needs_a_paper_or_a_case_and_must_be_one_of_the_route(waiting):
    officer = waiting.acting(OFFICE, "officer")
    with day(61):
        with pytest.raises(InputFault, match="须有文号"):
            meet_precondition(waiting.pk, "special-plan", officer)
        with pytest.raises(NotAllowedByRoute, match="没有这项前置条件"):
            meet_precondition(waiting.pk, "moon", officer, paper="1号")
        with pytest.raises(InputFault, match="还不能证明"):
            meet_precondition(waiting.pk, "moon", officer, by=waiting.case)


@pytest.fixture
def supply(acting, unit):
    with day(0):
        return Walk(
            open_case("land_supply_case", unit(kind="project", key="P9"), acting(OFFICE, "officer")).case.pk, acting
        )


def test_facts_bring_steps_in_and_the_answer_before_stays_in_the_log(supply):
    officer = supply.acting(OFFICE, "officer")
    with day(0):
        state_facts(supply.pk, {"supply_mode": "划拨"}, officer)
        assert "appraise" not in [item.step.id for item in supply.standing.plan.steps]
        state_facts(supply.pk, {"supply_mode": "协议出让"}, officer, words="改为协议出让")
    assert "appraise" in [item.step.id for item in supply.standing.plan.steps]
    entry = Entry.objects.filter(stream=supply.case.stream).order_by("-sequence").first()
    assert (entry.data["before"], entry.data["event"]["facts"]) == (
        {"supply_mode": "划拨"},
        {"supply_mode": "协议出让"},
    )


@pytest.mark.parametrize("facts", [{}, {"in_central_city": True}, {"recognised_major": True}, {"height": 1}])
def test_only_facts_the_route_asks_for_are_taken(supply, facts):
    with day(0), pytest.raises(InputFault, match="不问这些事实"):
        state_facts(supply.pk, facts, supply.acting(OFFICE, "officer"))


def test_a_stranger_states_nothing(supply):
    with day(0), pytest.raises(NotAllowed):
        state_facts(supply.pk, {"supply_mode": "划拨"}, supply.acting("平野县人民政府", "reviewer"))


@pytest.mark.parametrize(
    ("instrument", "jurisdiction", "same", "shows"),
    [
        ("checkup_report", "pingye", False, True),
        ("special_plan", "linhe", False, True),
        ("special_plan", "pingye", False, False),
        ("special_plan", "atlantis", False, False),
        ("entity_selection", "pingye", True, True),
        ("entity_selection", "pingye", False, False),
        ("gone", "linhe", True, False),
    ],
)
def test_what_another_case_is_about(instrument, jurisdiction, same, shows, plan):
    subject = plan.case.subject_id if same else plan.case.subject_id + 1
    other = Case(pk=10**6, instrument=instrument, jurisdiction=jurisdiction, subject_id=subject)
    assert concerns(other, plan.standing) is shows
