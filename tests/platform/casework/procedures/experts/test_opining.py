"""Experts give opinions; the step's rule, not the clerk, says what they come to."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.recording import record_decision
from huancheng.platform.casework.models import ExpertOpinion
from huancheng.platform.casework.procedures.experts.counting import Count, count
from huancheng.platform.casework.procedures.experts.domain.drawing import decline, draw
from huancheng.platform.casework.procedures.experts.domain.opining import conclude_panel, give_opinion
from huancheng.platform.casework.procedures.experts.queries import opinions_shown
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.policy.routes.events import Vote
from huancheng.policy.routes.model import VoteRule
from huancheng.policy.routes.state import StepStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(exception, pool, officer):
    return draw(exception.case.pk, "experts", officer, seats=3)


def give(panel, pool, *verdicts):
    for place, verdict in zip(panel.places.filter(status="assigned"), verdicts, strict=False):
        give_opinion(place.pk, pool[place.expert_id], verdict, text="意见全文")


@pytest.mark.requirement("8.1-5")
def test_two_of_three_in_suffice_and_two_thirds_must_agree(exception, panel, pool, officer):
    give(panel, pool, "for")
    with pytest.raises(ProcedureFault, match="已收到 1 份意见，专家组 3 人"):
        conclude_panel(exception.case.pk, "experts", officer, summary="汇总")
    give(panel, pool, "after_changes")
    conclude_panel(exception.case.pk, "experts", officer, summary="两位赞成", paper="论证〔2026〕1号")
    assert exception.status is StepStatus.PASSED
    panel.refresh_from_db()
    assert (panel.status, panel.passed, panel.summary) == ("concluded", True, "两位赞成")
    event = exception.events[-1][1]["event"]
    assert event["vote"] == {"yes": 2, "present": 2, "seats": 3, "recused": 0}


def test_the_clerk_can_not_turn_a_no_into_a_yes(exception, panel, pool, officer):
    give(panel, pool, "for", "against", "against")
    conclude_panel(exception.case.pk, "experts", officer, summary="多数反对", passed=True)
    assert exception.status is StepStatus.REFUSED


def test_where_the_route_counts_no_votes_a_person_says_yes_or_no(plain, pool, officer):
    panel = draw(plain.case.pk, "experts", officer, seats=3)
    give(panel, pool, "for", "against")
    with pytest.raises(ProcedureFault, match="尚不足"):
        conclude_panel(plain.case.pk, "experts", officer, summary="汇总", passed=True)
    give(panel, pool, "for")
    conclude_panel(plain.case.pk, "experts", officer, summary="值得保护", passed=True)
    assert plain.status is StepStatus.PASSED


def test_an_empty_panel_never_concludes(plain, pool, officer):
    panel = draw(plain.case.pk, "experts", officer, seats=7)
    for place in list(panel.places.all()):
        decline(place.pk, officer, reason="均不能参加")
    with pytest.raises(ProcedureFault, match="尚不足"):
        conclude_panel(plain.case.pk, "experts", officer, summary="汇总", passed=True)


def test_there_is_no_conclusion_without_a_panel_or_a_summary(exception, pool, officer):
    with pytest.raises(ProcedureFault, match="尚未抽取"):
        conclude_panel(exception.case.pk, "experts", officer, summary="汇总")
    give(draw(exception.case.pk, "experts", officer, seats=3), pool, "for", "for", "for")
    with pytest.raises(ProcedureFault, match="汇总"):
        conclude_panel(exception.case.pk, "experts", officer, summary=" ")


def test_no_door_decides_past_an_open_panel(exception, panel, officer, acting):
    with pytest.raises(ProcedureFault, match="尚未形成结论"):
        record_decision(
            exception.case.pk, "experts", acting("市专班办公室", "clerk"), paper="文号", document_day=date(2026, 3, 2),
            vote=Vote(3, 3, 3),
        )  # fmt: skip


def test_a_clerk_enters_the_signed_sheet_with_its_number(panel, officer):
    place = panel.places.first()
    with pytest.raises(ProcedureFault, match="签名"):
        give_opinion(place.pk, officer, "for", text="可行")
    opinion = give_opinion(place.pk, officer, "for", text="可行", paper="签名表1", day=date(2026, 3, 2))
    assert (opinion.entered_for, opinion.paper) == (True, "签名表1")


@pytest.mark.parametrize(("verdict", "text"), [("maybe", "可行"), ("for", "  ")])
def test_an_opinion_has_a_verdict_and_words(panel, pool, verdict, text):
    place = panel.places.first()
    with pytest.raises(ProcedureFault):
        give_opinion(place.pk, pool[place.expert_id], verdict, text=text)
    assert not ExpertOpinion.objects.exists()


def test_nobody_gives_an_opinion_for_a_colleague_nor_twice(panel, pool):
    first, second, _ = panel.places.all()
    with pytest.raises(NotAllowed):
        give_opinion(first.pk, pool[second.expert_id], "for", text="可行")
    give_opinion(first.pk, pool[first.expert_id], "for", text="可行")
    with pytest.raises(ProcedureFault, match="不接受意见"):
        give_opinion(first.pk, pool[first.expert_id], "against", text="改主意")


def test_opinions_are_hidden_from_other_experts_until_all_are_in(panel, pool, officer):
    first, second, third = panel.places.all()
    give_opinion(first.pk, pool[first.expert_id], "against", text="绝密意见")
    assert [item.place_id for item in opinions_shown(panel, pool[first.expert_id])] == [first.pk]
    assert list(opinions_shown(panel, pool[second.expert_id])) == []
    assert [item.place_id for item in opinions_shown(panel, officer)] == [first.pk]
    give_opinion(second.pk, pool[second.expert_id], "for", text="可行")
    give_opinion(third.pk, pool[third.expert_id], "for", text="可行")
    assert len(opinions_shown(panel, pool[second.expert_id])) == 3


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 4))
def test_counting_equals_exact_fractions(agreeing, after_changes, against, empty):
    given_ = agreeing + after_changes + against
    counted = Count(
        given_ + empty, given_, empty, {"for": agreeing, "after_changes": after_changes, "against": against}
    )
    rule = VoteRule(present="2/3", approve="2/3", strict=False)
    quorum = given_ > 0 and Fraction(given_, 1) >= Fraction(2, 3) * counted.seats
    assert counted.has_quorum(rule) is quorum
    assert counted.passes(rule) is (quorum and agreeing + after_changes >= Fraction(2, 3) * given_)


def test_a_count_says_how_far_a_panel_is(panel, pool, officer):
    give(panel, pool, "for", "against")
    counted = count(panel)
    assert (counted.given, counted.seats, counted.waiting, counted.is_complete) == (2, 3, 1, False)
