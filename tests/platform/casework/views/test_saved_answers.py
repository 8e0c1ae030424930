"""The page of saved sentences, and the list that opens under a field."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huancheng.platform.casework.domain.saved_answers import save_answer
from huancheng.platform.casework.models import SavedAnswer
from tests.platform.casework.walking import OFFICE

pytestmark = pytest.mark.django_db
PAGE = "casework:saved-answers"


@pytest.fixture
def client(client_as, acting):
    """An officer at their page, while a colleague has a sentence of their own."""
    save_answer("同事的话", acting(OFFICE, "officer", 2))
    return client_as(OFFICE, "officer")


def test_a_sentence_is_saved_shown_to_its_owner_and_dropped(client):
    assert client.post(reverse("casework:save-answer"), {"sentence": "请补充权属证明。"}).status_code == 302
    text = client.get(reverse(PAGE)).content.decode()
    assert "请补充权属证明。" in text
    assert "同事的话" not in text
    own = SavedAnswer.objects.get(text="请补充权属证明。")
    assert client.post(reverse("casework:drop-answer", args=[own.pk])).status_code == 302
    assert SavedAnswer.objects.get().text == "同事的话"


def test_a_colleagues_sentence_is_not_there_to_be_dropped(client):
    other = SavedAnswer.objects.get()
    assert client.post(reverse("casework:drop-answer", args=[other.pk])).status_code == 404
    assert SavedAnswer.objects.get() == other


def test_an_empty_sentence_is_refused_in_words(client):
    assert "没有写内容" in client.post(reverse("casework:save-answer"), {"sentence": " "}, follow=True).content.decode()


def test_the_list_under_a_field_comes_without_a_page_around_it(client):
    asked = {"headers": {"HX-Request": "true"}}
    assert "还没有常用语" in client.get(reverse(PAGE), **asked).content.decode()
    text = client.post(reverse("casework:save-answer"), {"sentence": "<b>同意"}, **asked).content.decode()
    assert "&lt;b&gt;同意" in text
    assert "<html" not in text
    assert "没有写内容" in client.post(reverse("casework:save-answer"), {"sentence": ""}, **asked).content.decode()
    own = SavedAnswer.objects.get(text="<b>同意")
    assert "还没有常用语" in client.post(reverse("casework:drop-answer", args=[own.pk]), **asked).content.decode()
