"""When something goes wrong a page says what happened, what was kept, what to do, and a number to quote."""

from __future__ import annotations

import errno

import pytest
from django.db import OperationalError
from django.http import HttpResponse, HttpResponseNotAllowed
from django.test import Client, RequestFactory

from huancheng.evidence import InputFault
from huancheng.platform.common import errors
from huancheng.platform.common.errors import TROUBLES, FaultPages, error_page, status_of
from huancheng.platform.common.request_number import numbered


@pytest.mark.parametrize("status", TROUBLES)
def test_every_page_stands_without_a_database(status):
    """No database is allowed in this test, so a query would fail it."""
    with numbered() as number:
        answer = error_page(RequestFactory().get("/cases/"), status)
    text = answer.content.decode()
    assert answer.status_code == status
    assert number in text
    assert "怎么办" in text
    assert "已保留" in text
    assert "！" not in text


def test_the_api_gets_plain_data():
    answer = error_page(RequestFactory().get("/api/cases"), 503)
    assert answer["Content-Type"] == "application/json"
    assert "数据库暂时不可用" in answer.content.decode()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("connection refused"), 503),
        (OperationalError("database or disk is full"), 507),
        (OSError(errno.ENOSPC, "No space left"), 507),
        (OSError(errno.ENOENT, "gone"), 500),
        (ValueError("x"), 500),
        (None, 500),
    ],
)
def test_the_status_tells_what_is_down(error, status):
    assert status_of(error) == status


def test_the_cause_behind_an_error_counts():
    error = RuntimeError("could not")
    error.__cause__ = OperationalError("away")
    assert status_of(error) == 503


@pytest.mark.django_db
class TestThroughTheServer:
    def test_a_page_that_is_not_there(self):
        answer = Client().get("/nowhere/")
        assert answer.status_code == 404
        assert "不在您的查看范围内" in answer.content.decode()
        assert answer["X-Request-Number"] in answer.content.decode()

    def test_a_form_whose_page_is_too_old(self):
        answer = Client(enforce_csrf_checks=True).post("/language/", {"language": "en"})
        assert answer.status_code == 403
        assert "已过期" in answer.content.decode()

    def test_a_wrong_method_keeps_saying_which_is_right(self):
        answer = Client().get("/language/")
        assert answer.status_code == 405
        assert answer["Allow"] == "POST"
        assert "不能这样打开" in answer.content.decode()

    def test_a_defect_of_ours_shows_nothing_of_itself(self, monkeypatch):
        from huancheng.platform.common.views import home

        def fail(*_arguments):
            raise ValueError("secret detail")

        monkeypatch.setattr(home, "next_page", fail)
        client = Client(raise_request_exception=False)
        answer = client.post("/language/")
        assert answer.status_code == 500
        assert "secret" not in answer.content.decode()
        assert "系统出现故障" in answer.content.decode()

    def test_in_english_it_is_english(self):
        client = Client()
        client.cookies["django_language"] = "en"
        assert "not for you to see" in client.get("/nowhere/").content.decode()


class TestFaults:
    def answer(self, fault: Exception) -> HttpResponse | None:
        return FaultPages(lambda _request: HttpResponse()).process_exception(RequestFactory().get("/x"), fault)

    def test_a_users_mistake_is_told_in_its_own_words(self):
        answer = self.answer(InputFault("文号不能为空", cure="请填写文号"))
        assert answer is not None
        assert answer.status_code == 400
        assert "文号不能为空" in answer.content.decode()
        assert "请填写文号" in answer.content.decode()
        assert "%E6%96%87%E5%8F%B7" in answer["X-Said"]

    def test_its_class_says_the_status(self):
        from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken

        for fault, status in ((NotAllowed("不能办理"), 403), (Overtaken("已被办理"), 409)):
            answer = self.answer(fault)
            assert answer is not None
            assert answer.status_code == status

    def test_what_is_no_mistake_of_the_users_goes_on(self):
        assert self.answer(ValueError("x")) is None

    def test_what_a_person_typed_is_never_markup(self):
        answer = self.answer(InputFault("<script>"))
        assert answer is not None
        assert b"<script>" not in answer.content

    def test_a_refusal_that_says_something_is_left_as_it_is(self):
        said = HttpResponse("own words", status=429)
        assert FaultPages(lambda _request: said)(RequestFactory().get("/x")) is said
        bare = FaultPages(lambda _request: HttpResponseNotAllowed(["GET"]))(RequestFactory().get("/x"))
        assert "不能这样打开" in bare.content.decode()


def test_bad_and_forbidden_requests_have_their_pages():
    request = RequestFactory().get("/x")
    assert errors.bad_request(request, ValueError()).status_code == 400
    assert errors.forbidden(request, ValueError()).status_code == 403
