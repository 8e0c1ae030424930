"""What those asked and those who ask see, and that others see nothing."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook
from PIL import Image

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.stepping import decide
from huancheng.platform.casework.models import Finding, OpinionAnswer, OpinionRequest
from huancheng.platform.casework.procedures.consultation.domain.answering import answer
from huancheng.platform.casework.procedures.consultation.domain.settling import lapse
from huancheng.platform.casework.procedures.consultation.queries import open_requests

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(case_in):
    return case_in("recognition", "consult")


@pytest.fixture
def page(place):
    return reverse("casework:consultation", args=[place.case.pk, "consult"])


def png():
    """A picture of one point."""
    made = io.BytesIO()
    Image.new("RGB", (1, 1)).save(made, "PNG")
    return made.getvalue()


def version(place):
    return place.standing.case.version


def test_the_office_asks_on_the_page_and_the_group_is_offered_first(place, page, client_as):
    client = client_as("市专班办公室", "clerk")
    assert "专班成员单位" in client.get(page).text
    sent = client.post(page, {"do": "ask", "bodies": [place.body.pk], "matter": "是否重大", "version": version(place)})
    assert sent.status_code == 302
    assert "已征询 22 家，22 家待答复" in client.get(page).text


def test_a_mistake_is_told_at_the_field_and_nothing_is_lost(place, page, client_as):
    sent = client_as("市专班办公室", "clerk").post(page, {"do": "ask", "matter": "留下的字"})
    assert sent.status_code == 422
    assert "留下的字" in sent.text
    assert not OpinionRequest.objects.exists()


def test_who_was_overtaken_is_told_and_may_send_again(place, page, client_as, asked_of):
    asked_of(place, "市司法局")
    client = client_as("市专班办公室", "clerk")
    key = Body.objects.get(name="市财政局").pk
    sent = client.post(page, {"do": "ask", "bodies": [key], "version": 1})
    assert sent.status_code == 409
    assert "不是最新状态" in sent.text
    assert f'value="{version(place)}"' in sent.text


def test_those_who_may_only_look_are_refused(place, page, client_as):
    auditor = client_as("市专班办公室", "auditor")
    looked = auditor.get(page)
    assert looked.status_code == 200
    assert "发出征询</button>" not in looked.text
    key = Body.objects.get(name="市财政局").pk
    sent = auditor.post(page, {"do": "ask", "bodies": [key], "version": version(place)})
    assert sent.status_code == 403
    assert auditor.post(page, {"do": "nonsense"}).status_code == 404


def test_a_body_asked_finds_the_request_and_answers(place, page, client_as, asked_of, acting):
    request = asked_of(place, "市财政局", "市司法局")["市财政局"]
    finance = client_as("市财政局", "reviewer")
    assert place.case.title in finance.get(reverse("casework:opinion-requests")).text
    assert finance.get(reverse("casework:answer", args=[place.case.pk])).url == reverse(
        "casework:answer-opinion", args=[request.pk]
    )
    form = reverse("casework:answer-opinion", args=[request.pk])
    assert "征询本单位意见" in finance.get(form).text
    told = finance.post(form, {"opinion": "disagree", "day": "2026-03-02"})
    assert (told.status_code, "请写明具体意见" in told.text) == (422, True)
    assert finance.post(form, {"opinion": "disagree", "text": "资金未落实", "day": "2026-03-02"}).status_code == 302
    assert "资金未落实" in finance.get(page).text
    assert not open_requests(acting("市财政局", "reviewer")).exists()
    assert "没有待答复的征询" in finance.get(reverse("casework:answer", args=[place.case.pk])).text


def test_a_body_not_asked_finds_nothing(place, page, client_as, asked_of):
    request = asked_of(place, "市财政局")["市财政局"]
    stranger = client_as("市水利局", "reviewer")
    assert place.case.title not in stranger.get(reverse("casework:opinion-requests") + "?show=all").text
    for url in (page, reverse("casework:answer-opinion", args=[request.pk])):
        assert stranger.get(url).status_code == 404


def test_a_body_asked_does_not_answer_for_another(place, client_as, asked_of):
    requests = asked_of(place, "市财政局", "市司法局")
    url = reverse("casework:answer-opinion", args=[requests["市司法局"].pk])
    assert client_as("市财政局", "reviewer").get(url).status_code == 404


def test_requests_of_a_step_that_is_over_wait_for_nobody(case_in, asked_of, acting, office):
    place = case_in("unit_plan", "review")
    reviewer = acting("临河县自然资源和规划局", "reviewer")
    asked_of(place, "市财政局", by=reviewer)
    finance = acting("市财政局", "reviewer")
    assert open_requests(finance).count() == 1
    decide(place.case.pk, "review", reviewer, passed=True, opinion="同意")
    assert not open_requests(finance).exists()
    assert not open_requests(acting("市财政局", "auditor")).exists()
    assert not open_requests(None).exists()


def test_the_sheet_tells_every_answer_and_every_silence(case_in, client_as, asked_of, acting, at_day):
    place = case_in("entity_replacement", "consult")
    clerk = acting("临河县城市更新工作专班", "clerk")
    requests = asked_of(place, "权利人", "税务机关", by=clerk)
    answer(requests["税务机关"].pk, clerk, "remarks", text="=1+1", paper="税函1")
    with at_day(30):
        lapse(place.case.pk, "consult", clerk)
        client = client_as("临河县城市更新工作专班", "clerk")
        sent = client.get(reverse("casework:consultation-xlsx", args=[place.case.pk, "consult"]))
    rows = list(load_workbook(io.BytesIO(sent.content)).active.values)
    told = {row[1]: row for row in rows[1:]}
    assert told["权利人"][4] == "逾期未答复，视为无异议"
    assert told["税务机关"][5:8] == ("同意但有意见", "=1+1", "税函1")


def test_a_finding_is_stated_on_its_page_and_shown_afterwards(case_in, client_as):
    place = case_in("special_plan", "legality")
    url = reverse("casework:finding", args=[place.case.pk, "legality"])
    client = client_as("临河县司法局", "reviewer")
    assert "修改后合法" in client.get(url).text
    sent = {"do": "find", "result": "lawful", "text": "权限、程序合法", "version": version(place)}
    assert client.post(url, sent).status_code == 302
    assert Finding.objects.get().result == "lawful"
    assert "合法性审查：合法" in client.get(url).text
    assert client.get(reverse("casework:finding", args=[place.case.pk, "compile"])).status_code == 404


def test_concluding_and_cancelling_by_hand(place, page, client_as, asked_of, acting):
    requests = asked_of(place, "市财政局", "市司法局")
    client = client_as("市专班办公室", "clerk")
    sent = {"do": "cancel", "request": requests["市司法局"].pk, "words": "不涉及", "version": version(place)}
    assert client.post(page, sent).status_code == 302
    answer(requests["市财政局"].pk, acting("市财政局", "reviewer"), "agree")
    assert "形成结论" in client.get(page).text
    sent = {"do": "conclude", "opinion": "其余不涉及", "version": version(place)}
    assert client.post(page, sent).status_code == 302
    assert place.status.value == "done"
    assert client.get(reverse("casework:conclude", args=[place.case.pk, "consult"])).url == page


def test_silence_is_taken_on_the_page_once_the_time_is_over(case_in, client_as, asked_of, acting, at_day):
    place = case_in("entity_replacement", "consult")
    clerk = acting("临河县城市更新工作专班", "clerk")
    asked_of(place, "权利人", by=clerk)
    url = reverse("casework:consultation", args=[place.case.pk, "consult"])
    client = client_as("临河县城市更新工作专班", "clerk")
    assert "视为无异议</button>" not in client.get(url).text
    with at_day(30):
        assert "视为无异议</button>" in client.get(url).text
        assert client.post(url, {"do": "lapse", "version": version(place)}).status_code == 302
    assert place.status.value == "lapsed"


@pytest.mark.parametrize("many", [1, 3])
def test_pages_take_a_constant_number_of_queries(
    place, page, client_as, asked_of, acting, many, django_assert_max_num_queries
):
    names = ["市财政局", "市司法局", "市水利局"][:many]
    for name, request in asked_of(place, *names).items():
        answer(request.pk, acting(name, "reviewer"), "remarks", text="意见")
    client = client_as("市专班办公室", "officer")
    client.get(page)
    with django_assert_max_num_queries(31):
        client.get(page)
    lists = reverse("casework:opinion-requests") + "?show=all"
    client.get(lists)
    with django_assert_max_num_queries(14):
        client.get(lists)


def test_a_scan_is_read_by_those_who_see_the_case_only(place, client_as, asked_of, office):
    request = asked_of(place, "税务机关")["税务机关"]
    form = reverse("casework:answer-opinion", args=[request.pk])
    sent = {"opinion": "agree", "paper": "税函1", "day": "2026-03-02", "scan": SimpleUploadedFile("a.png", png())}
    client = client_as("市专班办公室", "clerk")
    assert client.post(form, sent).status_code == 302
    given = OpinionAnswer.objects.get()
    url = reverse("files:download", args=["opinion-answers", given.pk])
    assert client.get(url).status_code == 200
    assert client_as("市水利局", "reviewer").get(url).status_code == 404


def test_bodies_of_other_counties_are_not_offered(case_in, client_as):
    place = case_in("unit_plan", "review")
    url = reverse("casework:consultation", args=[place.case.pk, "review"])
    text = client_as("临河县自然资源和规划局", "reviewer").get(url).text
    assert "临河县财政局" in text
    assert "平野县财政局" not in text


def test_asking_from_an_ordinary_step_sets_the_day_on_the_page(case_in, client_as):
    place = case_in("unit_plan", "compile")
    url = reverse("casework:consultation", args=[place.case.pk, "compile"])
    key = Body.objects.get(name="税务机关").pk
    sent = {"do": "ask", "bodies": [key], "due": "2026-03-20", "version": version(place)}
    assert client_as("临河县指定的编制部门", "compiler").post(url, sent).status_code == 302
    assert OpinionRequest.objects.get().due_on.isoformat() == "2026-03-20"


def test_several_rounds_stand_apart(place, asked_of, client_as, page):
    asked_of(place, "市财政局")
    place.case.refresh_from_db()
    place.case.round = 2
    place.case.save()
    assert "第 1 轮" in client_as("市专班办公室", "officer").get(page).text
