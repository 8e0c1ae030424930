"""The officers' page of a notice: putting it up, answering, hearing, ending."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from huancheng.platform.casework.models import Hearing, Notice, Objection, ObjectionContact
from huancheng.platform.casework.procedures.notices.domain.objecting import Sender, object_to
from huancheng.platform.casework.procedures.notices.queries import open_objections
from huancheng.policy.routes.state import StepStatus

pytestmark = pytest.mark.django_db
OFFICE = "临河县城市更新工作专班"


@pytest.fixture
def page(plan):
    return reverse("casework:notice", args=[plan.case.pk, "notice"])


def version(plan):
    return plan.standing.case.version


@pytest.mark.requirement("8.5-2")
def test_from_putting_it_up_to_its_end(plan, page, client_as, acting, at_day, paper_of):
    shown = paper_of(plan, "规划文本", public=True)
    client = client_as(OFFICE, "clerk")
    assert "尚未发布公示" in client.get(page).text
    sent = {"do": "publish", "name": "草案公示", "words": "现予公示", "papers": [shown.pk], "version": version(plan)}
    assert client.post(page, {**sent, "ends_on": "2026-03-10"}).status_code == 422
    assert client.post(page, sent).status_code == 302
    assert "公示中，至 2026-04-01" in client.get(page).text
    place = {"do": "place", "kind": "bulletin", "place": "社区公告栏", "day": "2026-03-02"}
    assert client.post(page, place).status_code == 302
    entered = {"do": "enter", "channel": "letter", "words": "来信意见", "name": "居民乙", "consent": "on"}
    assert client.post(page, entered).status_code == 302
    notice = Notice.objects.get()
    object_to(notice.pk, "网上意见")
    assert open_objections(acting(OFFICE, "clerk")).get().unanswered == 2
    assert "还有 2 条意见待答复" in client.get(page).text
    keys = list(Objection.objects.values_list("pk", flat=True))
    answered = {"do": "answer", "objections": keys, "verdict": "partly", "answer": "增设车位", "version": version(plan)}
    assert client.post(page, answered).status_code == 302
    assert not open_objections(acting(OFFICE, "clerk")).exists()
    heard = {
        "do": "hearing", "held_on": "2026-03-02", "place": "社区", "invited": 3, "attended": 2, "text": "情况",
        "outcome": "采纳", "paper": "笔录1", "version": version(plan),
    }  # fmt: skip
    assert client.post(page, heard).status_code == 302
    assert Hearing.objects.get().attended == 2
    erased = {"do": "erase", "objection": keys[0]}
    assert client.post(page, erased).status_code == 302
    assert not ObjectionContact.objects.exists()
    own = client_as("临河县人民政府", "clerk")
    assert own.post(page, {"do": "complete", "version": version(plan)}).status_code == 422
    with at_day(31):
        assert "意见均已答复" in own.get(page).text
        assert own.post(page, {"do": "complete", "version": version(plan)}).status_code == 302
    assert plan.status is StepStatus.DONE


def test_who_objected_is_shown_to_those_who_answer_only(notice, page, client_as):
    object_to(notice.pk, "停车位", Sender("居民甲", "13800000000", consent=True))
    assert "13800000000" in client_as(OFFICE, "clerk").get(page).text
    text = client_as("市专班办公室", "auditor").get(page).text
    assert "停车位" in text
    assert "13800000000" not in text
    assert "居民甲" not in text


def test_the_sheet_tells_of_answers_and_never_of_people(notice, plan, client_as):
    object_to(notice.pk, "=停车", Sender("居民甲", "13800000000", consent=True))
    sent = client_as(OFFICE, "clerk").get(reverse("casework:objections-xlsx", args=[plan.case.pk, "notice"]))
    rows = list(load_workbook(io.BytesIO(sent.content)).active.values)
    assert rows[1][3:5] == ("=停车", "待答复")
    assert "13800000000" not in str(rows)


def test_there_is_no_sheet_before_a_notice(plan, client_as):
    assert (
        client_as(OFFICE, "clerk").get(reverse("casework:objections-xlsx", args=[plan.case.pk, "notice"])).status_code
        == 404
    )


def test_notices_of_other_counties_are_not_there(plan, page, client_as, acting, notice):
    assert client_as("平野县城市更新工作专班", "clerk").get(page).status_code == 404
    object_to(notice.pk, "意见")
    assert not open_objections(acting("平野县城市更新工作专班", "clerk")).exists()
    assert not open_objections(acting("市专班办公室", "auditor")).exists()
    assert not open_objections(None).exists()


def test_a_hearing_step_has_the_same_page(case_in, client_as, acting):
    place = case_in("expropriation", "hearing", "linhe", facts={"majority_objects": True})
    url = reverse("casework:notice", args=[place.case.pk, "hearing"])
    clerk = client_as(place.body.name, "clerk")
    assert "登记听证" in clerk.get(url).text


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_takes_a_constant_number_of_queries(notice, page, client_as, many, django_assert_max_num_queries):
    for number in range(many):
        object_to(notice.pk, f"意见{number}", Sender("甲", consent=True))
    client = client_as(OFFICE, "clerk")
    client.get(page)
    with django_assert_max_num_queries(52):
        client.get(page)
