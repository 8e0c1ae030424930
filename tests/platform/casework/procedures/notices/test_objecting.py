"""Everybody may object; every objection is answered before the notice ends; who objected stays out of the log."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.audit.models import Words
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.models import Case, Objection, ObjectionContact
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.notices.domain.objecting import (
    LONGEST,
    Sender,
    answer_objections,
    enter_objection,
    erase_contact,
    object_to,
)
from huancheng.platform.casework.procedures.notices.domain.publishing import complete_notice
from huancheng.platform.casework.procedures.notices.receipts import ALPHABET, new_receipt, read_receipt
from huancheng.policy.routes.state import StepStatus

pytestmark = pytest.mark.django_db
SENDER = Sender("居民甲", "13800000000", consent=True)


@pytest.mark.requirement("8.5-2")
def test_an_objection_is_taken_in_with_a_receipt(notice):
    objection = object_to(notice.pk, "停车位太少")
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", objection.receipt)
    assert (objection.channel, objection.verdict) == ("web", "")
    assert not ObjectionContact.objects.exists()


def test_who_objects_stands_apart_and_never_in_the_log(notice, plan):
    object_to(notice.pk, "我家在三号楼", SENDER)
    assert ObjectionContact.objects.get().name == "居民甲"
    logged = str(list(Entry.objects.values_list("data", flat=True))) + str(list(Words.objects.values_list("text")))
    for secret in ("居民甲", "13800000000", "三号楼", Objection.objects.get().receipt):
        assert secret not in logged


def test_personal_data_need_consent(notice):
    with pytest.raises(ProcedureFault, match="同意"):
        object_to(notice.pk, "意见", Sender("居民甲"))
    assert not Objection.objects.exists()


def test_visitors_do_not_make_the_pages_of_officers_stale(notice, plan):
    before = Case.objects.get().version
    object_to(notice.pk, "意见")
    assert Case.objects.get().version == before


def test_nothing_said_is_no_objection(notice):
    with pytest.raises(ProcedureFault, match="请填写意见"):
        object_to(notice.pk, " \n")


def test_a_long_objection_is_kept_up_to_the_longest(notice):
    assert len(object_to(notice.pk, "长" * (LONGEST + 1)).text) == LONGEST


def test_the_public_may_object_until_the_last_day(notice, at_day):
    with at_day(30):
        object_to(notice.pk, "最后一天")
    with at_day(31), pytest.raises(ProcedureFault, match="公示期已过"):
        object_to(notice.pk, "太迟")


def test_a_notice_without_an_end_takes_no_objections(case_in, acting):
    from huancheng.platform.casework.procedures.notices.domain.publishing import publish

    place = case_in("checkup_report", "publish")
    notice = publish(place.case.pk, "publish", acting("市住房城乡建设局", "clerk"), title="摘要", text="内容")
    with pytest.raises(ProcedureFault, match="公示期已过"):
        object_to(notice.pk, "意见")


def test_letters_and_visits_are_entered_by_a_clerk_also_after_the_time(notice, clerk, acting, at_day):
    with at_day(35):
        enter_objection(notice.pk, clerk, "letter", "来信意见", Sender("居民乙", "三号楼", consent=True))
    assert Objection.objects.get().channel == "letter"
    with pytest.raises(ProcedureFault, match="来源"):
        enter_objection(notice.pk, clerk, "pigeon", "意见")
    with pytest.raises(NotAllowed):
        enter_objection(notice.pk, acting("平野县城市更新工作专班", "clerk"), "letter", "意见")


def test_many_objections_are_answered_with_the_same_words(notice, plan, clerk):
    keys = [object_to(notice.pk, f"停车 {number}").pk for number in range(3)]
    assert answer_objections(notice.pk, clerk, keys[:2], verdict="partly", answer="增设 40 个车位") == 2
    assert list(Objection.objects.values_list("verdict", flat=True)) == ["partly", "partly", ""]
    code, data = plan.events[-1]
    assert (code, data["objections"], data["verdict"]) == ("case.answer_objection", keys[:2], "partly")


@pytest.mark.parametrize(
    ("verdict", "answer", "complaint"), [("perhaps", "理由", "处理结果"), ("refused", " ", "理由")]
)
def test_an_answer_has_a_verdict_and_a_reason(notice, clerk, verdict, answer, complaint):
    key = object_to(notice.pk, "意见").pk
    with pytest.raises(ProcedureFault, match=complaint):
        answer_objections(notice.pk, clerk, [key], verdict=verdict, answer=answer)
    assert Objection.objects.get().verdict == ""


def test_objections_of_other_notices_are_not_answered_by_mistake(notice, clerk, case_in, acting):
    from huancheng.platform.casework.procedures.notices.domain.publishing import publish

    other_place = case_in("special_plan", "notice", "pingye")
    other_clerk = acting("平野县城市更新工作专班", "clerk")
    other = publish(other_place.case.pk, "notice", other_clerk, title="另一公示", text="内容")
    foreign = object_to(other.pk, "他县意见").pk
    with pytest.raises(ProcedureFault, match="请选择"):
        answer_objections(notice.pk, clerk, [foreign], verdict="accepted", answer="采纳")
    assert Objection.objects.get(pk=foreign).verdict == ""


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8)
@given(answered=st.lists(st.booleans(), max_size=4))
def test_every_objection_is_answered_before_the_notice_ends(answered, case_in, clerk, own_clerk, at_day, acting):
    from huancheng.platform.casework.procedures.notices.domain.publishing import publish

    place = case_in("special_plan", "notice")
    notice = publish(place.case.pk, "notice", clerk, title="公示", text="内容")
    for number, is_answered in enumerate(answered):
        key = object_to(notice.pk, f"意见 {number}").pk
        if is_answered:
            answer_objections(notice.pk, clerk, [key], verdict="accepted", answer="采纳")
    with at_day(31):
        if all(answered):
            complete_notice(place.case.pk, "notice", own_clerk)
            assert place.status is StepStatus.DONE
            return
        for end in (complete_notice, complete):
            with pytest.raises(ProcedureFault, match=f"还有 {answered.count(False)} 条意见未答复"):
                end(place.case.pk, "notice", own_clerk)
        assert place.status is StepStatus.READY


def test_who_objected_can_be_erased_while_what_was_said_stays(notice, plan, clerk, acting):
    objection = object_to(notice.pk, "停车", SENDER)
    with pytest.raises(NotAllowed):
        erase_contact(objection.pk, acting("平野县城市更新工作专班", "clerk"))
    erase_contact(objection.pk, clerk)
    assert not ObjectionContact.objects.exists()
    assert Objection.objects.get().text == "停车"
    assert plan.events[-1][0] == "case.contact_erased"


@pytest.mark.parametrize("receipt", ["7K2M-9QXR-4TPA", "2222-AAAA-ZZZZ"])
def test_a_receipt_is_read_however_it_is_typed(receipt):
    for typed in (receipt.lower(), receipt.replace("-", ""), f" {receipt.replace('-', ' ')} "):
        assert read_receipt(typed) == receipt


def test_a_receipt_holds_no_signs_that_look_alike():
    signs = set("".join(new_receipt() for _ in range(50)))
    assert signs <= {*ALPHABET, "-"}
    assert not signs & set("01IO")
