"""Where other rooms join: sections of the page, pages of acts, kinds of subject, words of the log."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from huancheng.platform.audit.models import Event as Entry
from huancheng.platform.audit.models import Words
from huancheng.platform.casework import act_pages, sections, subjects
from huancheng.platform.casework.domain.moving import lock, record
from huancheng.platform.casework.domain.remarking import comment
from huancheng.platform.casework.models import Subject
from huancheng.platform.casework.queries.case_names import names_of
from huancheng.platform.casework.queries.history import words_of
from huancheng.platform.casework.queries.log_words import Entry as Told
from huancheng.platform.casework.queries.log_words import tell_entry
from huancheng.platform.casework.sections import Section, add_section, sections_of
from huancheng.platform.casework.subjects import Choice, SubjectKind, add_subject_kind, kind_of, subject_link
from tests.platform.casework.walking import OFFICE


@pytest.fixture
def nothing_registered(monkeypatch):
    monkeypatch.setattr(sections, "_SECTIONS", [])
    monkeypatch.setattr(subjects, "_KINDS", {})
    monkeypatch.setattr(act_pages, "_PAGES", {"edit": "casework:contents"})


@pytest.mark.django_db
def test_a_section_is_shown_in_its_place_if_it_has_something_to_show(plan, nothing_registered):
    add_section(Section("papers", "a.html", lambda standing, _acting: standing.case.number))
    add_section(Section("papers", "b.html", lambda _standing, _acting: None))
    found = sections_of(plan.standing, plan.acting(OFFICE, "officer"))
    assert [(item.template, item.content) for item in found["papers"]] == [("a.html", plan.case.number)]
    assert found["procedures"] == []


def test_a_section_is_added_once_and_only_where_there_is_a_place(nothing_registered):
    section = Section("aside", "a.html", lambda _standing, _acting: 1)
    add_section(section)
    add_section(section)
    assert [section] == sections._SECTIONS
    with pytest.raises(ValueError, match="no place 'cellar'"):
        add_section(Section("cellar", "a.html", lambda _standing, _acting: 1))


def test_an_act_is_done_on_its_own_page_on_one_named_for_it_or_on_none(nothing_registered):
    assert act_pages.act_url("decide", 3, "review") == reverse("casework:step-act", args=[3, "decide", "review"])
    assert act_pages.act_url("withdraw", 3) == reverse("casework:act", args=[3, "withdraw"])
    assert act_pages.act_url("edit", 3, "compile") == reverse("casework:contents", args=[3])
    assert act_pages.act_url("hold_meeting", 3, "review") == ""
    act_pages.add_act_page("hold_meeting", "casework:case-meeting")
    assert act_pages.act_url("hold_meeting", 3, "review") == reverse("casework:case-meeting", args=[3, "review"])


def test_a_room_brings_its_kind_of_subject(nothing_registered):
    unit = Subject(kind="unit", key="U1")
    assert (subject_link(unit), list(kind_of("unit").choices("linhe")), kind_of("unit").contents(unit)) == ("", [], {})
    add_subject_kind(
        SubjectKind("unit", lambda subject: f"/units/{subject.key}/", lambda _place: [Choice("U1", "北关")])
    )
    assert subject_link(unit) == "/units/U1/"
    assert [choice.title for choice in kind_of("unit").choices("linhe")] == ["北关"]


@pytest.mark.django_db(transaction=False)
def test_a_code_without_words_is_told_by_the_name_of_its_act(plan):
    from django.db import transaction

    with transaction.atomic():
        standing = lock(plan.pk)
        entries = [record(standing, act, plan.acting(OFFICE, "officer")) for act in ("chase", "dance")]
    names = names_of(standing, entries)
    assert [tell_entry(Told(entry, names)).title for entry in entries] == ["督办", "dance"]


@pytest.mark.django_db
def test_words_that_were_erased_are_said_to_be(plan):
    entry = comment(plan.pk, plan.acting(OFFICE, "officer"), words="私人内容")
    Words.objects.filter(event=entry).update(text="", salt="", erased_at=timezone.now())
    assert words_of(Entry.objects.select_related("words").get(pk=entry.pk)) == "（文字已依申请删除）"
