"""Bodies answer for themselves, or the asker enters their paper; late answers are kept and count for nothing."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.platform.audit.models import Words
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.models import OpinionAnswer
from huancheng.platform.casework.procedures.consultation.domain.answering import answer
from huancheng.platform.casework.procedures.consultation.domain.asking import cancel
from huancheng.platform.casework.procedures.consultation.domain.settling import lapse
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.policy.routes.state import StepStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(case_in):
    return case_in("recognition", "consult")


def test_a_body_answers_for_itself(place, asked_of, acting):
    request = asked_of(place, "市财政局")["市财政局"]
    answer(request.pk, acting("市财政局", "reviewer"), "remarks", text="资金来源须写明", paper="示财函〔2026〕3号")
    request.refresh_from_db()
    given = request.answers.get()
    assert (request.status, given.opinion, given.entered_for) == ("answered", "remarks", False)
    code, data = place.events[-1]
    assert code == "case.answered"
    assert data["opinion"] == "remarks"


def test_the_words_of_an_answer_stand_apart_from_the_log(place, asked_of, acting):
    request = asked_of(place, "市财政局")["市财政局"]
    answer(request.pk, acting("市财政局", "reviewer"), "disagree", text="不同意，因债务超限")
    assert "债务" not in str(place.events)
    assert Words.objects.filter(text__contains="债务").exists()


def test_a_clerk_of_the_asker_enters_the_paper_of_a_body_without_a_log_in(place, asked_of, office):
    request = asked_of(place, "税务机关")["税务机关"]
    with pytest.raises(ProcedureFault, match="来文号"):
        answer(request.pk, office, "agree")
    answer(request.pk, office, "agree", paper="税函〔2026〕8号", day=date(2026, 3, 2))
    assert request.answers.get().entered_for


def test_nobody_answers_for_others(place, asked_of, acting):
    request = asked_of(place, "税务机关", "市财政局")["税务机关"]
    with pytest.raises(NotAllowed, match="税务机关"):
        answer(request.pk, acting("市财政局", "reviewer"), "agree", paper="x")
    with pytest.raises(NotAllowed):
        answer(request.pk, acting("平野县自然资源和规划局", "reviewer"), "agree", paper="x")
    assert not OpinionAnswer.objects.exists()


@pytest.mark.parametrize(
    ("opinion", "text", "complaint"),
    [("perhaps", "", "选择意见"), ("disagree", " ", "具体意见"), ("remarks", "", "具体意见")],
)
def test_an_answer_must_say_something(place, asked_of, acting, opinion, text, complaint):
    request = asked_of(place, "市财政局")["市财政局"]
    with pytest.raises(ProcedureFault, match=complaint):
        answer(request.pk, acting("市财政局", "reviewer"), opinion, text=text)


def test_a_paper_is_not_older_than_the_question_nor_from_tomorrow(place, asked_of, acting):
    request = asked_of(place, "市财政局")["市财政局"]
    for day in (date(2026, 3, 1), date(2026, 3, 3)):
        with pytest.raises(ProcedureFault, match="日期"):
            answer(request.pk, acting("市财政局", "reviewer"), "agree", day=day)


def test_a_cancelled_request_takes_no_answer(place, asked_of, acting, office):
    request = asked_of(place, "市财政局")["市财政局"]
    cancel(request.pk, office, reason="重复")
    with pytest.raises(ProcedureFault, match="已撤销"):
        answer(request.pk, acting("市财政局", "reviewer"), "agree")


def test_an_answer_may_be_revised_while_the_step_is_under_way_and_both_are_kept(place, asked_of, acting):
    request = asked_of(place, "市财政局", "市司法局")["市财政局"]
    finance = acting("市财政局", "reviewer")
    answer(request.pk, finance, "disagree", text="资料不全")
    answer(request.pk, finance, "agree", text="资料已补齐")
    assert [item.opinion for item in request.answers.all()] == ["disagree", "agree"]


def test_an_answer_after_the_step_is_over_is_kept_and_marked_late(case_in, asked_of, acting, office, at_day):
    place = case_in("entity_replacement", "consult")
    clerk = acting("临河县城市更新工作专班", "clerk")
    request = asked_of(place, "权利人", by=clerk)["权利人"]
    with at_day(30):
        lapse(place.case.pk, "consult", clerk)
        assert place.status is StepStatus.LAPSED
        answer(request.pk, clerk, "disagree", text="不同意更换", paper="来信3")
    request.refresh_from_db()
    assert request.status == "lapsed"
    assert request.answers.get().late
    assert place.status is StepStatus.LAPSED


def test_an_answer_after_the_time_but_before_the_end_still_counts(case_in, asked_of, acting, office, at_day):
    place = case_in("special_plan_consolidation", "countersign")
    requests = asked_of(place, "市财政局", "市司法局")
    with at_day(30):
        lapse(place.case.pk, "countersign", office)
        answer(requests["市财政局"].pk, acting("市财政局", "reviewer"), "disagree", text="不同意")
    requests["市财政局"].refresh_from_db()
    assert requests["市财政局"].status == "answered"
    assert not requests["市财政局"].answers.get().late
