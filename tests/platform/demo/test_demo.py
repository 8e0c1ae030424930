"""The demonstration fills a register through the doors officers use, and never shows itself to another machine."""

from __future__ import annotations

from collections import Counter

import pytest
from django.test import Client

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Post
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.models import Case, DecisionRecord
from huancheng.platform.demo.domain.cast import make_cast
from huancheng.platform.demo.domain.loading import DONE, load_demo
from huancheng.platform.demo.domain.places import places_of
from huancheng.platform.demo.domain.stories import Storyteller

pytestmark = pytest.mark.django_db


@pytest.fixture
def storyteller(book):
    """Someone who tells stories of cases without places on the map."""
    return Storyteller(make_cast(book), places_of(book, None))


@pytest.mark.parametrize("name", ["unit_plan", "scheme", "checkup_report"])
def test_an_instrument_is_told_in_every_state(storyteller, book, name):
    lines = list(storyteller._in_every_state(book.instruments[name], "linhe"))
    states = Counter(Case.objects.values_list("status", flat=True))
    assert {"open", "withdrawn"} <= set(states)
    assert Case.objects.filter(back_entered=True).exists()
    assert DecisionRecord.objects.exists()
    assert len(lines) >= 6
    for case in Case.objects.select_related("subject", "opened_by"):
        assert standing_of(case).state.status.value == case.status
        assert Event.objects.filter(stream=case.stream).exists()


@pytest.mark.parametrize("jurisdiction", ["linhe", "wangyue", "example_economic_zone"])
def test_a_scheme_goes_to_its_end(storyteller, book, jurisdiction):
    line = storyteller._to_the_end(book.instruments["scheme"], jurisdiction)
    assert line.endswith("finished")


def test_every_post_the_routes_ask_for_has_a_person(storyteller, book):
    assert {role for _, role in storyteller.cast.posts} >= {
        "approver",
        "reviewer",
        "clerk",
        "filing_clerk",
        "expert",
        "auditor",
    }
    assert Post.objects.filter(body__name="临河县人民政府", role="approver").exists()


def test_outside_demo_mode_nothing_is_made(settings):
    settings.DEMO = False
    with pytest.raises(InputFault, match="演示模式"):
        load_demo(None, print)
    assert not Case.objects.exists()


def test_a_register_that_holds_cases_is_left_alone(storyteller, book, settings, tmp_path):
    settings.HOME = tmp_path
    storyteller._withdrawn(book.instruments["unit_plan"], "linhe")
    with pytest.raises(InputFault, match="已有案卷"):
        load_demo(None, print)
    (tmp_path / DONE).write_text("1", "utf-8")
    said = []
    assert load_demo(None, said.append) == 1
    assert "already" in said[0]


@pytest.mark.parametrize(
    "asking", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {"REMOTE_ADDR": "?"}]
)
def test_another_machine_finds_no_log_ins(asking):
    assert Client().get("/demo/", **asking).status_code == 404


def test_one_enters_as_the_person_of_a_post(acting):
    officer = acting("市专班办公室", "officer")
    client = Client()
    assert "市专班办公室" in client.get("/demo/").content.decode()
    assert client.post(f"/demo/enter/{officer.post}/").status_code == 302
    assert client.get("/demo/").wsgi_request.user.pk == officer.person
