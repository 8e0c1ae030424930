"""Legality reviews and risk assessments end with a result that can be counted."""

from __future__ import annotations

import pytest

from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.models import Finding
from huancheng.platform.casework.procedures.consultation.domain.finding import find
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.policy.routes.state import StepStatus

pytestmark = pytest.mark.django_db
ORDINARY = {"recognised_major": False}


@pytest.fixture
def legality(case_in, acting):
    place = case_in("special_plan", "legality")
    return place, acting("临河县司法局", "reviewer")


@pytest.mark.parametrize(
    ("result", "measures", "ends"),
    [
        ("lawful", "", StepStatus.PASSED),
        ("after_changes", "删去第三条", StepStatus.PASSED),
        ("unlawful", "", StepStatus.REFUSED),
    ],
)
def test_only_an_unlawful_draft_does_not_pass(legality, result, measures, ends):
    place, reviewer = legality
    find(place.case.pk, "legality", reviewer, result, text="经审查", measures=measures, paper="司审〔2026〕2号")
    assert place.status is ends
    found = Finding.objects.get()
    assert (found.kind, found.result) == ("legality_review", result)
    assert place.events[-1][1]["finding"] == result


def test_a_risk_is_weighed_by_who_decides_and_refuses_nothing_by_itself(case_in, acting):
    place = case_in("scheme", "risk")
    clerk = acting("临河县人民政府", "reviewer")
    with pytest.raises(ProcedureFault, match="防范措施"):
        find(place.case.pk, "risk", clerk, "high", text="涉及 200 户")
    find(place.case.pk, "risk", clerk, "high", text="涉及 200 户", measures="分期搬迁")
    assert place.status is StepStatus.DONE


def test_a_result_of_the_other_review_is_none(legality):
    place, reviewer = legality
    with pytest.raises(ProcedureFault, match="结论"):
        find(place.case.pk, "legality", reviewer, "low")


def test_other_steps_take_no_finding(case_in, acting):
    place = case_in("unit_plan", "review")
    with pytest.raises(ProcedureFault, match="不是合法性审查"):
        find(place.case.pk, "review", acting("临河县自然资源和规划局", "reviewer"), "lawful")


def test_who_may_not_decide_the_review_may_not_state_its_result(legality, acting):
    place, _reviewer = legality
    with pytest.raises(NotAllowed):
        find(place.case.pk, "legality", acting("平野县司法局", "reviewer"), "lawful")
    assert not Finding.objects.exists()
