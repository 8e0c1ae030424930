"""Bodies are asked, each for itself, with a time that the step sets; they see the case from then on."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.platform.bodies.models import Body, Membership
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.models import OpinionRequest
from huancheng.platform.casework.procedures.consultation.domain.asking import ask, cancel
from huancheng.platform.casework.procedures.consultation.members import members_of
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.policy.routes.state import StepStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def recognition(case_in):
    """A recognition that stands where the members of the task force are asked."""
    return case_in("recognition", "consult")


@pytest.fixture
def office(acting):
    return acting("市专班办公室", "clerk")


def bodies(*names: str) -> list[int]:
    return [Body.objects.get(name=name).pk for name in names]


@pytest.mark.requirement("8.1-4")
def test_a_group_is_asked_member_by_member_with_the_days_of_the_step(recognition, office):
    asked = ask(recognition.case.pk, "consult", office, [recognition.body.pk], matter="是否属于重大项目")
    assert len(asked) == 22
    assert {item.due_on for item in asked} == {date(2026, 3, 9)}
    assert all(item.silence_consents for item in asked)
    assert recognition.events[-1][0] == "case.consult"
    assert recognition.events[-1][1]["bodies"] == [item.body_id for item in asked]


def test_those_asked_see_the_case_from_then_on_and_nobody_else(recognition, office):
    tax, fire = bodies("税务机关", "消防救援机构")
    ask(recognition.case.pk, "consult", office, [tax])
    seen = set(recognition.case.sights.values_list("body_id", flat=True))
    assert tax in seen
    assert fire not in seen


def test_bodies_outside_the_roster_are_asked_too(recognition, office):
    asked = ask(recognition.case.pk, "consult", office, bodies("税务机关", "消防救援机构", "市文物主管部门"))
    assert {item.body.name for item in asked} == {"市文物主管部门", "税务机关", "消防救援机构"}


def test_a_body_is_asked_once_in_a_round(recognition, office):
    ask(recognition.case.pk, "consult", office, bodies("税务机关"))
    again = ask(recognition.case.pk, "consult", office, bodies("税务机关", "消防救援机构"))
    assert [item.body.name for item in again] == ["消防救援机构"]
    with pytest.raises(ProcedureFault, match="没有可以征询的新单位"):
        ask(recognition.case.pk, "consult", office, bodies("税务机关"))


def test_a_reviewer_may_ask_in_any_step_that_waits_and_then_sets_the_day_themself(case_in, acting):
    place = case_in("unit_plan", "review")
    reviewer = acting("临河县自然资源和规划局", "reviewer")
    asked = ask(place.case.pk, "review", reviewer, bodies("税务机关"))
    assert asked[0].due_on == date(2026, 3, 30)
    assert not asked[0].silence_consents
    assert place.status is StepStatus.READY


def test_where_the_step_sets_no_time_the_asker_does(case_in, acting):
    place = case_in("unit_plan", "compile")
    compiler = acting("临河县指定的编制部门", "compiler")
    with pytest.raises(ProcedureFault, match="已过"):
        ask(place.case.pk, "compile", compiler, bodies("税务机关"), due=date(2026, 3, 1))
    with_day, without = (
        ask(place.case.pk, "compile", compiler, bodies(name), due=due)[0]
        for name, due in (("税务机关", date(2026, 3, 20)), ("消防救援机构", None))
    )
    assert (with_day.due_on, without.due_on) == (date(2026, 3, 20), None)


def test_who_may_not_ask_is_refused_and_nothing_is_kept(recognition, acting):
    with pytest.raises(NotAllowed):
        ask(recognition.case.pk, "consult", acting("平野县自然资源和规划局", "reviewer"), bodies("税务机关"))
    assert not OpinionRequest.objects.exists()


def test_who_asks_from_an_old_page_is_told(recognition, office):
    with pytest.raises(Overtaken):
        ask(recognition.case.pk, "consult", office, bodies("税务机关"), expected=0)


def test_a_request_that_was_not_answered_can_be_taken_back_with_a_reason(recognition, office):
    asked = ask(recognition.case.pk, "consult", office, bodies("税务机关", "消防救援机构"))
    with pytest.raises(ProcedureFault, match="理由"):
        cancel(asked[0].pk, office, reason=" ")
    cancel(asked[0].pk, office, reason="重复征询")
    assert [item.status for item in OpinionRequest.objects.all()] == ["cancelled", "open"]
    with pytest.raises(ProcedureFault, match="不能撤销"):
        cancel(asked[0].pk, office, reason="再来一次")
    again = ask(recognition.case.pk, "consult", office, [asked[0].body_id])
    assert again[0].status == "open"


def test_a_group_without_members_is_nobody_until_somebody_chooses(book, db):
    empty = Body.objects.get(reference="city_audit_bodies")
    assert members_of(empty, book) == []
    assert members_of(Body.objects.create(name="临时单位集合", kind="group"), book) == []
    Membership.objects.create(group=empty, member=Body.objects.get(name="市财政局"))
    Membership.objects.create(group=empty, member=Body.objects.get(name="市司法局"), valid_until=date(2026, 3, 1))
    assert [item.name for item in members_of(empty, book)] == ["市财政局"]


def test_groups_within_groups_are_opened_and_a_ring_ends(book, db):
    outer = Body.objects.create(name="外组", kind="group")
    inner = Body.objects.create(name="内组", kind="group")
    Membership.objects.create(group=outer, member=inner)
    Membership.objects.create(group=inner, member=outer)
    Membership.objects.create(group=inner, member=Body.objects.get(name="市财政局"))
    assert [item.name for item in members_of(outer, book)] == ["市财政局"]


def test_where_the_register_has_no_seats_the_pack_names_the_members(book, db):
    group = Body.objects.get(reference="member_bureaus_local")
    group.memberships.all().delete()
    Body.objects.get(reference="task_force_members").memberships.all().delete()
    names = {item.name for item in members_of(group, book)}
    assert {"市财政局", "临河县人民政府", "示例湖滨旅游度假区管委会"} <= names
