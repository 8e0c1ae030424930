"""Scans are read by those who see the case, opinions by those who may read them, public copies by everybody."""

from __future__ import annotations

import io
from datetime import date

import pytest

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.procedures import gates
from huancheng.platform.casework.procedures.consultation.domain.finding import find
from huancheng.platform.casework.procedures.experts.domain.drawing import draw
from huancheng.platform.casework.procedures.experts.domain.opining import give_opinion
from huancheng.platform.casework.procedures.experts.domain.pool import keep_expert
from huancheng.platform.casework.procedures.meetings.domain.convening import convene, write_minutes
from huancheng.platform.casework.procedures.notices.domain.publishing import add_place, publish, record_hearing
from huancheng.platform.files.domain.store import take_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def scan():
    return take_in(io.BytesIO("扫描内容".encode()), "扫描.txt").stored


@pytest.fixture
def stranger(acting):
    return acting("平野县司法局", "reviewer")


def test_a_findings_scan(case_in, acting, scan, stranger):
    place = case_in("special_plan", "legality")
    reviewer = acting("临河县司法局", "reviewer")
    find(place.case.pk, "legality", reviewer, "lawful", scan=scan)
    number = place.case.findings.get().pk
    assert gates.finding(number, reviewer).stored == scan
    assert gates.finding(number, reviewer).name == f"finding-{number}.txt"
    assert gates.finding(number, stranger) is None
    assert gates.finding(number, None) is None


def test_a_hearings_record_and_the_evidence_of_a_notice(case_in, acting, scan, stranger):
    place = case_in("special_plan", "notice")
    clerk = acting("临河县城市更新工作专班", "clerk")
    hearing = record_hearing(
        place.case.pk, "notice", clerk, held_on=date(2026, 3, 2), place="社区", invited=1, attended=1, text="情况",
        outcome="采纳", paper="1", scan=scan,
    )  # fmt: skip
    notice = publish(place.case.pk, "notice", clerk, title="公示", text="内容")
    hung = add_place(notice.pk, clerk, kind="bulletin", place="公告栏", evidence=scan)
    bare = add_place(notice.pk, clerk, kind="press", place="日报")
    assert gates.hearing(hearing.pk, clerk).stored == scan
    assert gates.notice_place(hung.pk, clerk).stored == scan
    assert gates.notice_place(bare.pk, clerk) is None
    for who in (stranger, None):
        assert gates.hearing(hearing.pk, who) is None
        assert gates.notice_place(hung.pk, who) is None


def test_a_signed_sheet_is_hidden_like_the_opinion(case_in, acting, scan, stranger):
    place = case_in("red_line_exception", "experts")
    officer = acting("市专班办公室", "officer")
    experts = {}
    for number in (1, 2, 3):
        own = acting("市城市更新专家委员会", "expert", number)
        experts[keep_expert(own.person, officer, fields=["规划"], employer=None).pk] = own
    panel = draw(place.case.pk, "experts", officer, seats=3)
    first, second, _ = panel.places.all()
    opinion = give_opinion(first.pk, officer, "against", text="反对", paper="签1", scan=scan)
    assert gates.expert_opinion(opinion.pk, officer).stored == scan
    assert gates.expert_opinion(opinion.pk, experts[first.expert_id]).stored == scan
    for who in (experts[second.expert_id], stranger, None):
        assert gates.expert_opinion(opinion.pk, who) is None


def test_minutes_are_read_by_those_who_see_the_meeting(acting, scan, stranger):
    clerk = acting("市专班办公室", "clerk")
    meeting = convene(Body.objects.get(name="市城市更新工作专班"), clerk, title="会议", held_on=date(2026, 3, 2))
    write_minutes(meeting.pk, clerk, text="纪要", paper="1", scan=scan)
    assert gates.minutes(meeting.pk, clerk).stored == scan
    assert gates.minutes(meeting.pk, stranger) is None
    assert gates.minutes(meeting.pk, None) is None
