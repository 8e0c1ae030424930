"""A panel is drawn once in a round; who has a part in the case is left out; who declines is followed by the next."""

from __future__ import annotations

import pytest

from huancheng.platform.bodies.models import Body, Post
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.models import Panel, PanelSeat, PersonSight
from huancheng.platform.casework.procedures.experts.domain.drawing import decline, draw
from huancheng.platform.casework.procedures.experts.domain.opining import give_opinion
from huancheng.platform.casework.procedures.experts.domain.pool import add_conflict
from huancheng.platform.casework.procedures.experts.draw import order_of_call
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.queries.visible import visible_cases

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("8.1-5")
def test_a_panel_is_drawn_by_the_seed_and_the_draw_can_be_repeated(exception, pool, officer):
    panel = draw(exception.case.pk, "experts", officer, seats=3)
    assert len(panel.seed) == 32
    drawn = [place.expert_id for place in panel.places.all()]
    assert drawn == order_of_call(panel.seed, pool)[:3]
    _code, data = exception.events[-1]
    assert (data["seed"], data["drawn"], data["pool"]) == (panel.seed, drawn, sorted(pool))


@pytest.mark.requirement("8.1-5")
def test_those_with_a_part_in_the_case_are_left_out_with_the_reason(exception, pool, officer, expert):
    county = Body.objects.get(name="临河县人民政府")
    employed, _ = expert(20, employer=county.pk)
    about, _ = expert(21)
    add_conflict(about.pk, officer, reason="参加编制", subject=exception.case.subject_id)
    tied, _ = expert(22)
    add_conflict(tied.pk, officer, reason="持股", body=county.pk)
    serving, own = expert(23)
    Post.objects.create(person_id=own.person, body=county, role="reviewer")
    panel = draw(exception.case.pk, "experts", officer, seats=7)
    assert {item["expert"]: item["reasons"] for item in panel.excluded} == {
        employed.pk: ["employer"],
        about.pk: ["subject"],
        tied.pk: ["body"],
        serving.pk: ["post"],
    }
    assert set(panel.places.values_list("expert_id", flat=True)) == set(pool)


def test_who_works_for_the_entity_that_carries_it_out_is_left_out(exception, pool, officer, expert):
    builder = Body.objects.create(name="某建设公司", kind="entity")
    subject = exception.case.subject
    subject.bindings = {"implementing_entity": builder.pk}
    subject.save()
    employed, _ = expert(30, employer=builder.pk)
    panel = draw(exception.case.pk, "experts", officer, seats=3)
    assert panel.excluded == [{"expert": employed.pk, "reasons": ["employer"]}]


def test_only_experts_of_the_fields_wanted_are_called(exception, pool, officer, expert):
    wanted = {expert(number, fields=["结构"])[0].pk for number in (40, 41, 42)}
    panel = draw(exception.case.pk, "experts", officer, seats=3, fields=["结构"])
    assert set(panel.places.values_list("expert_id", flat=True)) == wanted


@pytest.mark.parametrize(("seats", "complaint"), [(4, "单数"), (1, "单数"), (9, "只有 7 人")])
def test_a_panel_is_odd_and_not_too_small_and_the_pool_must_suffice(exception, pool, officer, seats, complaint):
    with pytest.raises(ProcedureFault, match=complaint):
        draw(exception.case.pk, "experts", officer, seats=seats)
    assert not Panel.objects.exists()


def test_who_dislikes_a_draw_can_not_draw_again(exception, pool, officer):
    draw(exception.case.pk, "experts", officer, seats=3)
    with pytest.raises(ProcedureFault, match="已抽取"):
        draw(exception.case.pk, "experts", officer, seats=3)


def test_experts_see_only_what_they_were_drawn_for(exception, pool, officer, case_in):
    other = case_in("red_line_exception", "experts")
    panel = draw(exception.case.pk, "experts", officer, seats=3)
    drawn = set(panel.places.values_list("expert_id", flat=True))
    for key, acting in pool.items():
        assert set(visible_cases(acting)) == ({exception.case} if key in drawn else set())
    assert other.case not in visible_cases(pool[min(drawn)])


def test_who_declines_is_followed_by_the_next_in_the_order(exception, pool, officer):
    panel = draw(exception.case.pk, "experts", officer, seats=3)
    order = order_of_call(panel.seed, pool)
    place = panel.places.first()
    with pytest.raises(ProcedureFault, match="理由"):
        decline(place.pk, pool[place.expert_id], reason="")
    fresh = decline(place.pk, pool[place.expert_id], reason="与编制单位有合作")
    assert (fresh.expert_id, fresh.replaces_id) == (order[3], place.pk)
    assert not PersonSight.objects.filter(person=pool[place.expert_id].person).exists()
    assert decline(fresh.pk, officer, reason="时间冲突").expert_id == order[4]
    with pytest.raises(ProcedureFault, match="不能再递补"):
        decline(fresh.pk, officer, reason="再来")


def test_the_next_is_passed_over_if_a_conflict_was_entered_since(exception, pool, officer):
    panel = draw(exception.case.pk, "experts", officer, seats=3)
    order = order_of_call(panel.seed, pool)
    add_conflict(order[3], officer, reason="新任职", subject=exception.case.subject_id)
    fresh = decline(panel.places.first().pk, officer, reason="生病")
    assert fresh.expert_id == order[4]


def test_where_nobody_is_left_the_seat_stays_empty(exception, pool, officer):
    panel = draw(exception.case.pk, "experts", officer, seats=7)
    assert decline(panel.places.first().pk, officer, reason="生病") is None
    assert panel.places.filter(status=PanelSeat.Status.ASSIGNED).count() == 6


def test_nobody_declines_for_a_colleague(exception, pool, officer):
    panel = draw(exception.case.pk, "experts", officer, seats=3)
    first, second, _ = panel.places.all()
    with pytest.raises(NotAllowed):
        decline(first.pk, pool[second.expert_id], reason="他不来")


def test_an_opinion_once_given_is_not_taken_back(exception, pool, officer):
    panel = draw(exception.case.pk, "experts", officer, seats=3)
    place = panel.places.first()
    give_opinion(place.pk, pool[place.expert_id], "for", text="可行")
    with pytest.raises(ProcedureFault, match="不能再递补"):
        decline(place.pk, officer, reason="改主意")


def test_who_may_not_draw_is_refused(exception, pool, acting):
    with pytest.raises(NotAllowed):
        draw(exception.case.pk, "experts", acting("临河县人民政府", "approver"), seats=3)
