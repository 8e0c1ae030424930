"""Work goes to another body by written delegation, or to a colleague; both stand in the log."""

from __future__ import annotations

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.bodies.models import Body, Person, Post
from huancheng.platform.casework.domain.entrusting import colleagues, delegate, hand_over
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.stepping import decide
from huancheng.policy.routes.state import StepStatus
from tests.platform.casework.walking import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def approving(plan):
    with day(0):
        plan.until("approve")
    return plan


def test_the_body_that_was_entrusted_acts_and_sees_and_the_other_no_longer_does(approving):
    to = Body.objects.get(name="临河县自然资源和规划局")
    approver = approving.officer_of("approve")
    with day(1):
        delegate(approving.pk, "approve", approver, to=to, paper="委托书1号", words="会期冲突")
        assert approving.body("approve") == to
        with pytest.raises(NotAllowed):
            decide(approving.pk, "approve", approver, passed=True, opinion="同意")
        decide(approving.pk, "approve", approving.acting(to.name, "approver"), passed=True, opinion="同意")
    assert approving.standing.step("approve").status is StepStatus.PASSED
    assert approving.case.sights.filter(body=to).exists()


@pytest.mark.parametrize("name", ["临河县人民政府", "权利人", "专班成员单位"])
def test_nobody_is_entrusted_who_cannot_act_or_acts_already(approving, name):
    with day(1), pytest.raises(InputFault, match="不能委托给"):
        delegate(
            approving.pk, "approve", approving.officer_of("approve"), to=Body.objects.get(name=name), paper="1号",
            words="理由",
        )  # fmt: skip


def test_a_delegation_needs_its_paper_and_reason(approving):
    to = Body.objects.get(name="临河县自然资源和规划局")
    for paper, words in (("", "理由"), ("1号", "")):
        with day(1), pytest.raises(InputFault, match="须"):
            delegate(approving.pk, "approve", approving.officer_of("approve"), to=to, paper=paper, words=words)
    assert approving.body("approve").name == "临河县人民政府"


def test_a_step_is_handed_to_a_colleague_with_a_fitting_post_and_others_still_may(approving):
    mine, theirs = (approving.acting("临河县人民政府", "approver", number) for number in (1, 2))
    with day(1):
        hand_over(approving.pk, "approve", mine, to=Person.objects.get(pk=theirs.person), words="我出差")
        assert approving.case.tasks.get(step="approve").holder_id == theirs.person
        decide(approving.pk, "approve", mine, passed=True, opinion="同意")
    entry = Entry.objects.filter(stream=approving.case.stream, code="case.hand_over").get()
    assert entry.data == {"step": "approve", "holder": [None, theirs.person]}


def test_it_is_not_handed_to_a_stranger_to_one_whose_post_ended_or_who_left(approving):
    mine = approving.officer_of("approve")
    stranger = approving.acting("平野县人民政府", "approver")
    former, left = (approving.acting("临河县人民政府", "approver", number) for number in (2, 3))
    Post.objects.filter(pk=former.post).update(valid_until="2026-01-01")
    Person.objects.filter(pk=left.person).update(is_active=False)
    with day(1):
        for other in (stranger, former, left):
            with pytest.raises(InputFault, match="没有办理此环节的岗位"):
                hand_over(approving.pk, "approve", mine, to=Person.objects.get(pk=other.person))
    assert approving.case.tasks.get(step="approve").holder is None


def test_those_who_record_for_a_government_are_colleagues_too(approving):
    clerk = approving.acting("临河县城市更新工作专班", "clerk")
    found = colleagues(approving.standing, approving.case.tasks.get(step="approve"))
    assert clerk.person in found.values_list("pk", flat=True)
