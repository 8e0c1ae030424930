"""What the office, the experts and others see of an expert review."""

from __future__ import annotations

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from huancheng.platform.bodies.models import Body, Person, Post
from huancheng.platform.casework.models import Conflict, Expert, ExpertOpinion, Panel
from huancheng.platform.casework.procedures.experts.domain.drawing import draw
from huancheng.platform.casework.procedures.experts.domain.opining import give_opinion
from huancheng.platform.casework.procedures.experts.queries import open_reviews

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(exception):
    return reverse("casework:panel", args=[exception.case.pk, "experts"])


@pytest.fixture
def panel(exception, pool, officer):
    return draw(exception.case.pk, "experts", officer, seats=3)


def client_of(acting) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=acting.person))
    return client


def test_the_office_draws_on_the_page_and_the_record_shows_how(exception, page, pool, client_as, expert):
    county = Body.objects.get(name="临河县人民政府")
    tied, _ = expert(30, employer=county.pk)
    client = client_as("市专班办公室", "officer")
    assert "尚未抽取专家" in client.get(page).text
    assert client.post(page, {"do": "draw", "seats": 4}).status_code == 422
    sent = {"do": "draw", "seats": 3, "fields_wanted": ["规划"], "version": exception.standing.case.version}
    assert client.post(page, sent).status_code == 302
    text = client.get(page).text
    assert Panel.objects.get().seed in text
    assert "在本案参与单位工作" in text
    assert tied.person.name in text


def test_an_expert_finds_the_review_and_gives_an_opinion(panel, page, pool):
    seat = panel.places.first()
    own = client_of(pool[seat.expert_id])
    assert panel.case.title in own.get(reverse("casework:my-reviews")).text
    form = reverse("casework:panel-place", args=[seat.pk])
    assert own.get(reverse("casework:give-opinion", args=[panel.case_id])).url == form
    assert own.post(form, {"do": "give", "verdict": "for", "text": "", "day": "2026-03-02"}).status_code == 422
    sent = {"do": "give", "verdict": "for", "text": "方案可行", "day": "2026-03-02"}
    assert own.post(form, sent).status_code == 302
    assert "方案可行" in own.get(page).text
    assert own.get(reverse("casework:give-opinion", args=[panel.case_id])).url == reverse("casework:my-reviews")
    assert not open_reviews(pool[seat.expert_id]).exists()


def test_no_page_shows_an_expert_what_another_said_before_all_are_in(panel, page, pool, client_as):
    first, second, _ = panel.places.all()
    give_opinion(first.pk, pool[first.expert_id], "against", text="机密反对意见")
    other = client_of(pool[second.expert_id])
    case_page = reverse("casework:case", args=[panel.case_id])
    for url in (page, case_page, reverse("casework:my-reviews")):
        text = other.get(url).text
        assert "机密反对意见" not in text
        assert "反对</" not in text
    assert other.get(reverse("casework:panel-place", args=[first.pk])).status_code == 404
    assert other.get(reverse("casework:panel-docx", args=[panel.case_id, "experts"])).status_code == 404
    assert "机密反对意见" in client_as("市专班办公室", "officer").get(page).text


def test_an_expert_not_drawn_sees_nothing(panel, page, pool):
    drawn = set(panel.places.values_list("expert_id", flat=True))
    stranger = client_of(next(acting for key, acting in pool.items() if key not in drawn))
    assert stranger.get(page).status_code == 404
    assert panel.case.title not in stranger.get(reverse("casework:my-reviews")).text
    assert stranger.get(reverse("casework:panel-place", args=[panel.places.first().pk])).status_code == 404


def test_an_expert_who_declines_loses_sight_of_the_case(panel, pool):
    seat = panel.places.first()
    own = client_of(pool[seat.expert_id])
    form = reverse("casework:panel-place", args=[seat.pk])
    assert own.post(form, {"do": "nonsense"}).status_code == 404
    sent = own.post(form, {"do": "decline", "reason": "参加过编制"})
    assert sent.url == reverse("casework:my-reviews")
    assert own.get(form).status_code == 404
    assert panel.places.count() == 4


def test_the_office_enters_a_signed_sheet_and_concludes(exception, panel, page, pool, client_as):
    client = client_as("市专班办公室", "officer")
    for seat in panel.places.all():
        form = reverse("casework:panel-place", args=[seat.pk])
        sent = {"do": "give", "verdict": "after_changes", "text": "补充日照分析", "day": "2026-03-02", "paper": "签1"}
        assert client.post(form, sent).url == page
    assert "可以形成结论" in client.get(page).text
    version = exception.standing.case.version
    assert client.post(page, {"do": "conclude", "summary": "修改后通过", "version": version}).status_code == 302
    assert "专家论证通过" in client.get(page).text
    assert ExpertOpinion.objects.filter(entered_for=True).count() == 3
    content = client.get(reverse("casework:panel-docx", args=[exception.case.pk, "experts"])).content
    document = docx.Document(io.BytesIO(content))
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "修改后通过" in told
    assert panel.seed in told
    assert client.get(reverse("casework:conclude", args=[exception.case.pk, "experts"])).url == page


def test_where_no_rule_counts_the_form_asks_for_yes_or_no(plain, pool, officer, client_as):
    panel = draw(plain.case.pk, "experts", officer, seats=3)
    for seat in panel.places.all():
        give_opinion(seat.pk, pool[seat.expert_id], "for", text="应予保护")
    page = reverse("casework:panel", args=[plain.case.pk, "experts"])
    client = client_as("市专班办公室", "officer")
    assert client.post(page, {"do": "conclude", "summary": "保护"}).status_code == 422
    sent = {"do": "conclude", "summary": "保护", "passed": "0", "version": plain.standing.case.version}
    assert client.post(page, sent).status_code == 302
    assert "专家论证未通过" in client.get(page).text


def test_the_pool_is_kept_on_its_pages(expert, client_as, unit):
    client = client_as("市专班办公室", "officer")
    committee = Body.objects.get(name="市城市更新专家委员会")
    person = Person.objects.create(username="fresh", name="新专家")
    Post.objects.create(person=person, body=committee, role="expert")
    url = reverse("casework:experts")
    assert "专家库还没有专家" in client.get(url).text
    assert client.post(url, {"do": "keep", "person": person.pk}).status_code == 422
    assert client.post(url, {"do": "keep", "person": person.pk, "fields_text": "规划，结构"}).status_code == 302
    made = Expert.objects.get()
    assert made.fields == ["结构", "规划"]
    own = reverse("casework:expert", args=[made.pk])
    assert client.post(own, {"do": "conflict", "reason": "任职"}).status_code == 422
    subject = unit()
    assert client.post(own, {"do": "conflict", "subject": subject.pk, "reason": "编制"}).status_code == 302
    text = client.get(own).text
    assert subject.title in text
    assert client.post(own, {"do": "end", "conflict": Conflict.objects.get().pk}).status_code == 302
    assert client.post(own, {"do": "keep", "fields_text": "消防", "active": ""}).status_code == 302
    made.refresh_from_db()
    assert (made.fields, made.active) == (["消防"], False)
    assert client.post(own, {"do": "nonsense"}).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_lists_take_a_constant_number_of_queries(expert, client_as, many, django_assert_max_num_queries):
    for number in range(many):
        expert(number)
    client = client_as("市专班办公室", "officer")
    client.get(reverse("casework:experts"))
    with django_assert_max_num_queries(13):
        client.get(reverse("casework:experts"))


@pytest.mark.parametrize("seats", [3, 7])
def test_the_page_of_a_panel_takes_a_constant_number_of_queries(
    exception, page, pool, officer, client_as, seats, django_assert_max_num_queries
):
    panel = draw(exception.case.pk, "experts", officer, seats=seats)
    for seat in panel.places.all():
        give_opinion(seat.pk, pool[seat.expert_id], "for", text="可行")
    client = client_as("市专班办公室", "officer")
    client.get(page)
    with django_assert_max_num_queries(34):
        client.get(page)
