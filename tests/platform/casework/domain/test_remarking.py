"""Remarks move nothing; an instruction must have been seen by whoever acts next."""

from __future__ import annotations

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.remarking import comment, instruct
from huancheng.platform.casework.domain.stepping import complete
from tests.platform.casework.walking import OFFICE, day

pytestmark = pytest.mark.django_db


def last(plan):
    return Entry.objects.filter(stream=plan.case.stream).order_by("-sequence").first()


def test_a_remark_makes_no_other_form_old(plan):
    seen = plan.case.version
    with day(0):
        comment(plan.pk, plan.acting(OFFICE, "auditor"), words="请附现状图", step="designate")
        complete(plan.pk, "designate", plan.officer_of("designate"), expected=seen)
    assert plan.ready == ["compile"]


def test_an_instruction_makes_whoever_acts_look_again(plan):
    seen = plan.case.version
    with day(0):
        instruct(plan.pk, plan.acting(OFFICE, "officer"), words="市长批示：抓紧", paper="批示1号")
        assert (last(plan).code, last(plan).words.text) == ("case.instruct", "市长批示：抓紧")
        assert "市长" not in str(last(plan).data)
        with pytest.raises(Overtaken):
            complete(plan.pk, "designate", plan.officer_of("designate"), expected=seen)


@pytest.mark.parametrize("words", ["", " \n"])
def test_words_are_said(plan, words):
    with pytest.raises(InputFault, match="没有写内容"):
        comment(plan.pk, plan.acting(OFFICE, "officer"), words=words)
    with pytest.raises(InputFault, match="没有写内容"):
        instruct(plan.pk, plan.acting(OFFICE, "officer"), words=words)


def test_who_does_not_see_the_case_says_nothing(plan):
    with pytest.raises(NotAllowed):
        comment(plan.pk, plan.acting("平野县人民政府", "approver"), words="偷看")
    with pytest.raises(NotAllowed):
        instruct(plan.pk, plan.acting("平野县人民政府", "clerk"), words="偷写")
