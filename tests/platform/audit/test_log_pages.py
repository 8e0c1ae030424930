"""The log is browsed in words, narrowed, and taken away as files; the same few queries whatever its length."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from huancheng.platform.audit.acting import PROGRAM
from huancheng.platform.audit.domain.anchor import make_anchor
from huancheng.platform.audit.domain.append import append
from huancheng.platform.audit.domain.erase import erase_words
from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.common import clock

pytestmark = pytest.mark.django_db

COMPILER = ("临河县指定的编制部门", "compiler")
LOG = "/audit/"


@pytest.fixture
def auditor(client_as):
    return client_as("市专班办公室", "auditor")


@pytest.fixture
def case(acting, unit):
    """A case with a return that gave a reason, on another's behalf, in one request with something else."""
    opened = open_case("unit_plan", unit(), acting(*COMPILER)).case
    deputy = acting("临河县人民政府", "approver")
    chief = acting("临河县人民政府", "approver", 2)
    standing_in = type(deputy)(
        deputy.person, deputy.body, deputy.role, deputy.body_name, on_behalf_of=chief.person, request="r-1"
    )
    data = {"event": {"kind": "returned", "step": "compile"}, "status": ["open", "returned"]}
    append(opened.stream, "case.return", standing_in, data, words="范围不清")
    append(
        f"person:{chief.person}", "person.changed", standing_in, {"before": {"a": 1, "b": 2}, "after": {"a": 1, "b": 3}}
    )
    return opened


def rows_of(client, **filters):
    page = client.get(LOG, filters).context["table"].page
    return [row.event.code for row in page.object_list]


def test_an_entry_is_told_in_words(auditor, case):
    text = auditor.get(LOG).content.decode()
    assert "退回" in text
    assert case.number in text
    assert "范围不清" in text
    assert "状态 open → returned" in text
    assert "临河县人民政府approver2" in text
    assert f'href="{reverse("casework:case", args=[case.pk])}"' in text


def test_an_entry_has_a_page_with_its_digest_and_what_the_same_request_did(auditor, case):
    entry = Event.objects.get(code="case.return")
    text = auditor.get(reverse("audit:entry", args=[entry.pk])).content.decode()
    assert entry.digest in text
    assert "与摘要一致" in text
    assert reverse("audit:entry", args=[Event.objects.get(code="person.changed").pk]) in text
    panel = auditor.get(reverse("audit:entry", args=[entry.pk]), headers={"HX-Target": "panel"}).content.decode()
    assert "<html" not in panel
    assert "范围不清" in panel


def test_what_changed_is_laid_side_by_side(auditor, case):
    entry = Event.objects.get(code="person.changed")
    text = auditor.get(reverse("audit:entry", args=[entry.pk])).content.decode()
    assert "<del>2</del>" in text
    assert "<ins>3</ins>" in text
    assert "<del>1</del>" not in text


def test_erased_words_are_told_as_erased(auditor, case, acting):
    entry = Event.objects.get(code="case.return")
    erase_words(entry.actor, PROGRAM)
    text = auditor.get(reverse("audit:entry", args=[entry.pk])).content.decode()
    assert "已按本人要求抹除" in text
    assert "范围不清" not in text
    assert "文字已抹除" in auditor.get(LOG).content.decode()


def test_an_entry_of_something_that_is_no_more_is_listed_by_its_number(auditor):
    append("wish:77", "wish.made", PROGRAM)
    append("case:990077", "case.return", PROGRAM)
    text = auditor.get(LOG).content.decode()
    assert "wish 77" in text
    assert "案卷 990077" in text
    assert "系统" in text


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        ({"person": "approver1"}, ["person.changed", "case.return"]),
        ({"person": "没有这个人"}, []),
        ({"body": "临河县人民政府"}, ["person.changed", "case.return"]),
        ({"code": "case.return"}, ["case.return"]),
        ({"request": "r-1"}, ["person.changed", "case.return"]),
        ({"about": "U1号单元"}, ["case.return", "case.opened"]),
        ({"about": "没有这件案卷"}, []),
    ],
)
def test_the_log_is_narrowed(auditor, case, filters, wanted):
    assert rows_of(auditor, **filters) == wanted


def test_a_stream_is_found_as_it_stands_in_the_log(auditor, case):
    assert rows_of(auditor, about=case.stream) == ["case.return", "case.opened"]


def test_the_log_is_narrowed_by_days_of_the_city(auditor):
    for hour in (15, 17):
        # 23:00 and, the next day, 01:00 in the city.
        with clock.at(datetime(2026, 11, 20, hour, tzinfo=UTC)):
            append("case:1", f"at.{hour}", PROGRAM)
    assert rows_of(auditor, until="2026-11-20") == ["at.15"]
    assert rows_of(auditor, since="2026-11-21") == ["at.17"]
    assert rows_of(auditor, since="2026-11-20", until="2026-11-21") == ["at.17", "at.15"]
    assert rows_of(auditor, since="昨天", until="明天") == ["at.17", "at.15"]


def test_the_whole_log_is_not_for_those_whose_duty_it_is_not(client_as, case):
    officer = client_as("市专班办公室", "officer")
    assert officer.get(LOG).status_code == 404
    assert officer.get(LOG, {"format": "csv"}).status_code == 404
    assert not Event.objects.filter(code="log.exported").exists()


@pytest.mark.parametrize("count", [1, 3, 1000])
def test_the_number_of_queries_does_not_grow_with_the_rows(auditor, acting, unit, count, django_assert_num_queries):
    people = [acting(*COMPILER, number) for number in range(1, min(count, 3) + 1)]
    cases = [open_case("unit_plan", unit(key=f"K{n}"), people[0]).case for n in range(min(count, 3))]
    for number in range(count):
        append(cases[number % len(cases)].stream, "case.comment", people[number % len(people)], words="好")
    auditor.get(LOG)
    with django_assert_num_queries(QUERIES):
        assert auditor.get(LOG, {"size": "1000"}).status_code == 200


QUERIES = 11
"""Session, person, posts, frame; count, rows, and the names of cases, people and bodies."""


def test_the_log_is_taken_away_as_a_workbook(auditor, case):
    answer = auditor.get(LOG, {"format": "xlsx", "code": "case.return"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet.max_row == 2
    assert [cell.value for cell in sheet[1]][:4] == ["时间", "事项", "动作", "经办"]
    assert "范围不清" in [cell.value for cell in sheet[2]]


def test_no_cell_of_the_csv_is_a_formula(auditor):
    append("case:1", "case.comment", PROGRAM, words='=HYPERLINK("http://example.invalid")')
    text = b"".join(auditor.get(LOG, {"format": "csv"}).streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)
    assert not any(cell.startswith("=") for row in rows for cell in row)


def test_lines_of_json_hold_all_that_the_digest_is_made_over(auditor, case):
    lines = b"".join(auditor.get(LOG, {"format": "jsonl"}).streaming_content).decode().splitlines()
    said = {line["id"]: line for line in map(json.loads, lines)}
    entry = Event.objects.get(code="case.return")
    names = ("stream", "sequence", "code", "actor", "body", "on_behalf_of", "role", "request", "data", "previous")
    assert {name: said[entry.pk][name] for name in names} == {name: getattr(entry, name) for name in names}
    assert datetime.fromisoformat(said[entry.pk]["at"]) == entry.at


def test_taking_the_log_away_is_entered_in_it(auditor, case):
    auditor.get(LOG, {"format": "csv", "person": "approver1"})
    entry = Event.objects.get(code="log.exported")
    assert entry.data == {"format": "csv", "filters": ["person"]}
    assert Person.objects.get(pk=entry.actor).username.startswith("auditor")


def test_an_anchor_is_given_as_text(auditor, case):
    with clock.at(clock.now() + timedelta(seconds=1)):
        anchor = make_anchor()
    assert f"第 {anchor.number} 号" in auditor.get(reverse("audit:anchors")).content.decode()
    text = auditor.get(reverse("audit:anchor", args=[anchor.number])).content.decode()
    assert f"huancheng audit verify --anchor {anchor.digest}" in text
    assert "（无，本锚点为第一个）" in text


def test_without_anchors_the_pages_say_what_would_be_there(auditor):
    assert "还没有锚点" in auditor.get(reverse("audit:anchors")).content.decode()
    assert "尚未生成锚点" in auditor.get(LOG).content.decode()
