"""Visitors read what was published, object, and follow the answer; nothing else of a case is there for them."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from huancheng.platform.casework.models import Objection, ObjectionContact
from huancheng.platform.casework.procedures.notices import public
from huancheng.platform.casework.procedures.notices.domain.objecting import answer_objections, object_to
from huancheng.platform.casework.procedures.notices.domain.publishing import publish
from huancheng.platform.casework.procedures.notices.limits import is_too_often
from huancheng.platform.files.domain.store import take_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counts():
    """Begin every test with no tries counted."""
    cache.clear()


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def page(notice):
    return reverse("casework:public-notice", args=[notice.pk])


@pytest.mark.requirement("8.5-2")
def test_everybody_reads_objects_and_follows_the_answer(visitor, notice, page, clerk):
    assert "专项规划草案公示" in visitor.get(reverse("casework:public-notices")).text
    assert "现予公示" in visitor.get(page).text
    sent = visitor.post(page, {"text": "停车位太少", "name": "居民甲", "address": "电话", "consent": "on"})
    received = visitor.get(sent.url).text
    objection = Objection.objects.get()
    assert objection.receipt in received
    assert ObjectionContact.objects.get().name == "居民甲"
    follow = reverse("casework:follow-objection")
    assert "正在办理" in visitor.post(follow, {"receipt": objection.receipt.lower()}).text
    answer_objections(notice.pk, clerk, [objection.pk], verdict="accepted", answer="增设车位")
    told = Client().post(follow, {"receipt": objection.receipt}).text
    assert "增设车位" in told
    assert "居民甲" not in told
    assert Client().post(follow, {"receipt": "2222-2222-2222"}).status_code == 404
    assert visitor.get(follow).status_code == 200


def test_nothing_else_of_the_case_is_public(visitor, plan, clerk, page, notice, paper_of):
    paper_of(plan, "内部测算报告", public=False)
    plan.case.title = "绝密案卷名称"
    plan.case.save()
    object_to(notice.pk, "别人的意见")
    pages = [page, reverse("casework:public-notices"), reverse("casework:objection-received", args=[notice.pk])]
    for url in pages:
        text = visitor.get(url).text
        for secret in (plan.case.number, "绝密案卷名称", "内部测算报告", "别人的意见", "示政字"):
            assert secret not in text
    for name, arguments in (("case", [plan.case.pk]), ("notice", [plan.case.pk, "notice"])):
        assert visitor.get(reverse(f"casework:{name}", args=arguments)).status_code == 302


def test_a_notice_that_does_not_hang_is_not_there(visitor, notice):
    from datetime import date

    notice.published_on = date(2026, 3, 3)
    notice.save()
    for name in ("public-notice", "objection-received"):
        assert visitor.get(reverse(f"casework:{name}", args=[notice.pk])).status_code == 404
    assert notice.title not in visitor.get(reverse("casework:public-notices")).text
    assert visitor.get(reverse("casework:public-notice", args=[999])).status_code == 404


def test_only_copies_let_out_are_read_and_only_while_they_are(visitor, plan, clerk, paper_of):
    import io

    shown = paper_of(plan, "规划文本", public=True)
    taken = take_in(io.BytesIO("公开文本".encode()), "公开.txt").stored
    shown.published.stored = taken
    shown.published.save()
    notice = publish(plan.case.pk, "notice", clerk, title="公示", text="内容", papers=[shown.pk])
    url = reverse("files:download", args=["notice-papers", notice.papers.get().pk])
    assert "规划文本" in visitor.get(reverse("casework:public-notice", args=[notice.pk])).text
    assert b"".join(visitor.get(url)) == "公开文本".encode()
    shown.published = None
    shown.save()
    assert visitor.get(url).status_code == 302
    assert "规划文本" not in visitor.get(reverse("casework:public-notice", args=[notice.pk])).text
    assert visitor.get(reverse("files:download", args=["notice-papers", 999])).status_code == 302


def test_a_machine_that_fills_the_hidden_field_is_thanked_and_forgotten(visitor, page, notice):
    sent = visitor.post(page, {"text": "广告", "website": "http://spam"})
    assert sent.url == reverse("casework:objection-received", args=[notice.pk])
    assert not Objection.objects.exists()
    assert "回执编号：" not in visitor.get(sent.url).text


def test_mistakes_are_told_and_what_was_typed_stays(visitor, page):
    told = visitor.post(page, {"text": "我的意见", "name": "居民甲"})
    assert told.status_code == 422
    assert "我的意见" in told.text
    assert "同意个人信息告知" in told.text
    assert not Objection.objects.exists()


def test_words_of_visitors_are_never_markup(visitor, page, plan, client_as):
    visitor.post(page, {"text": "<script>alert(1)</script>"})
    text = (
        client_as("临河县城市更新工作专班", "clerk").get(reverse("casework:notice", args=[plan.case.pk, "notice"])).text
    )
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;" in text


def test_after_the_last_day_the_form_is_gone(visitor, page, at_day):
    with at_day(31):
        text = visitor.get(page).text
        assert "不再接收意见" in text
        assert "<textarea" not in text
        assert visitor.post(page, {"text": "太迟"}).status_code == 422
    assert not Objection.objects.exists()


def test_one_address_may_not_flood(visitor, page, monkeypatch):
    monkeypatch.setattr(public, "OBJECTIONS", 2)
    assert [visitor.post(page, {"text": f"意见{number}"}).status_code for number in range(3)] == [302, 302, 429]
    assert Objection.objects.count() == 2
    other = Client(REMOTE_ADDR="10.9.8.7")
    assert other.post(page, {"text": "别处的意见"}).status_code == 302


def test_receipts_can_not_be_tried_out(visitor, notice, monkeypatch):
    monkeypatch.setattr(public, "LOOKUPS", 2)
    follow = reverse("casework:follow-objection")
    assert [visitor.post(follow, {"receipt": "2222"}).status_code for _ in range(3)] == [404, 404, 429]


def test_reading_is_limited_too(visitor, page, monkeypatch):
    monkeypatch.setattr(public, "READS", 1)
    assert [visitor.get(page).status_code, visitor.get(page).status_code] == [200, 429]
    assert visitor.get(reverse("casework:public-notices")).status_code == 429


def test_a_count_that_lapses_between_two_looks_begins_anew(rf, monkeypatch):
    monkeypatch.setattr(cache, "incr", lambda _key: (_ for _ in ()).throw(ValueError))
    assert not is_too_often(rf.get("/"), "read", 1, 60)


def test_a_form_from_elsewhere_is_refused(page):
    assert Client(enforce_csrf_checks=True).post(page, {"text": "意见"}).status_code == 403
