"""The case page tells what runs inside its steps, and its time line tells what happened there, in both languages."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.procedures.consultation.domain.answering import answer
from huancheng.platform.casework.procedures.consultation.domain.asking import ask, cancel
from huancheng.platform.casework.procedures.consultation.domain.finding import find
from huancheng.platform.casework.procedures.consultation.domain.settling import conclude, lapse
from huancheng.platform.casework.procedures.experts.domain.drawing import decline, draw
from huancheng.platform.casework.procedures.experts.domain.opining import conclude_panel, give_opinion
from huancheng.platform.casework.procedures.experts.domain.pool import keep_expert
from huancheng.platform.casework.procedures.meetings.domain.convening import (
    convene,
    put_on_agenda,
    take_attendance,
    write_minutes,
)
from huancheng.platform.casework.procedures.meetings.domain.voting import (
    Ballot,
    confirm_votes,
    defer,
    enter_votes,
    reject_votes,
)
from huancheng.platform.casework.procedures.notices.domain.objecting import (
    Sender,
    answer_objections,
    erase_contact,
    object_to,
)
from huancheng.platform.casework.procedures.notices.domain.publishing import add_place, publish, record_hearing

pytestmark = pytest.mark.django_db


@pytest.fixture
def page_of(client_as):
    """Return a function that reads the page of a place's case as the auditor."""
    client = client_as("市专班办公室", "auditor")

    def read(place, language="zh-hans") -> str:
        client.cookies["django_language"] = language
        return client.get(reverse("casework:case", args=[place.case.pk])).text

    return read


def test_opinions(case_in, acting, page_of, at_day):
    place = case_in("entity_replacement", "consult")
    assert "尚未征询" in page_of(place)
    clerk = acting("临河县城市更新工作专班", "clerk")
    names = ("权利人", "税务机关", "消防救援机构")
    keys = [Body.objects.get(name=name).pk for name in names]
    requests = {item.body.name: item for item in ask(place.case.pk, "consult", clerk, keys)}
    answer(requests["税务机关"].pk, clerk, "disagree", text="不同意", paper="税函1")
    cancel(requests["消防救援机构"].pk, clerk, reason="不涉及")
    text = page_of(place)
    for words in ("征询 3 家单位意见", "答复意见：不同意", "撤销一家单位的征询", "已答复 1/2 家"):
        assert words in text
    with at_day(30):
        lapse(place.case.pk, "consult", clerk)
        answer(requests["权利人"].pk, clerk, "agree", paper="来信1")
        text = page_of(place)
    assert "1 家单位逾期未答复，视为无异议" in text
    assert "环节结束后收到，不计入结果" in text
    english = page_of(place, "en")
    assert "Asked 3 bodies" in english
    assert "征询 3 家" not in english


def test_a_conclusion_by_hand(case_in, acting, page_of):
    place = case_in("special_plan_consolidation", "countersign")
    office = acting("市专班办公室", "clerk")
    request = ask(place.case.pk, "countersign", office, [Body.objects.get(name="市财政局").pk])[0]
    answer(request.pk, acting("市财政局", "reviewer"), "agree")
    conclude(place.case.pk, "countersign", office, passed=False, opinion="须先协调")
    assert "形成结论：不通过" in page_of(place)


def test_a_finding(case_in, acting, page_of):
    place = case_in("special_plan", "legality")
    assert "尚无结论" in page_of(place)
    find(place.case.pk, "legality", acting("临河县司法局", "reviewer"), "after_changes", measures="删去第三条")
    assert "修改后合法" in page_of(place)


def test_experts(case_in, acting, page_of):
    place = case_in("red_line_exception", "experts")
    officer = acting("市专班办公室", "officer")
    assert "尚未抽取专家" in page_of(place)
    for number in range(1, 5):
        person = acting("市城市更新专家委员会", "expert", number).person
        keep_expert(person, officer, fields=["规划"], employer=None)
    panel = draw(place.case.pk, "experts", officer, seats=3)
    fresh = decline(panel.places.first().pk, officer, reason="生病")
    assert decline(fresh.pk, officer, reason="生病") is None
    for seat in panel.places.filter(status="assigned"):
        give_opinion(seat.pk, officer, "for", text="可行", paper="签1")
    text = page_of(place)
    for words in ("抽取专家 3 人", panel.seed, "已递补", "无人可递补", "收到一份专家意见", "专家意见 2/3"):
        assert words in text
    conclude_panel(place.case.pk, "experts", officer, summary="可行")
    assert "形成结论" in page_of(place)


def test_a_meeting(case_in, acting, page_of):
    place = case_in("special_plan", "deliberate", "wangyue")
    assert "尚未列入会议" in page_of(place)
    house = "市自然资源和规划局"
    clerk, second = acting(house, "clerk"), acting(house, "reviewer")
    committee = Body.objects.get(name="市国土空间规划委员会")
    first = convene(committee, clerk, title="第 1 次会议", held_on=date(2026, 3, 2), seats=["甲"])
    defer(put_on_agenda(first.pk, place.case.pk, "deliberate", clerk).pk, clerk, reason="改期")
    meeting = convene(committee, clerk, title="第 2 次会议", held_on=date(2026, 3, 2), seats=["甲", "乙"])
    item = put_on_agenda(meeting.pk, place.case.pk, "deliberate", clerk)
    seats = [seat.pk for seat in meeting.seats.all()]
    take_attendance(meeting.pk, clerk, seats)
    enter_votes(item.pk, clerk, Ballot(dict.fromkeys(seats, "no"), decision="不同意"))
    reject_votes(item.pk, second, reason="有误")
    enter_votes(item.pk, clerk, Ballot(dict.fromkeys(seats, "yes"), decision="同意"))
    text = page_of(place)
    for words in ("列入会议议程", "暂缓审议", "登记会议表决，待复核", "表决登记退回", "第 2 次会议 · 已登记，待复核"):
        assert words in text
    write_minutes(meeting.pk, clerk, text="", paper="纪1")
    confirm_votes(item.pk, second)
    assert "复核确认会议表决" in page_of(place)


def test_a_notice(case_in, acting, page_of):
    place = case_in("special_plan", "notice")
    clerk = acting("临河县城市更新工作专班", "clerk")
    assert "尚未发布公示" in page_of(place)
    record_hearing(
        place.case.pk, "notice", clerk, held_on=date(2026, 3, 2), place="社区", invited=3, attended=2, text="情况",
        outcome="采纳", paper="笔录1",
    )  # fmt: skip
    assert "举行听证" in page_of(place)
    notice = publish(place.case.pk, "notice", clerk, title="公示", text="内容")
    assert "公示至 2026-04-01" in page_of(place)
    add_place(notice.pk, clerk, kind="bulletin", place="公告栏")
    objection = object_to(notice.pk, "意见", Sender("居民甲", consent=True))
    assert "意见 1 条，1 条待答复" in page_of(place)
    answer_objections(notice.pk, clerk, [objection.pk], verdict="accepted", answer="采纳")
    erase_contact(objection.pk, clerk)
    text = page_of(place)
    for words in (
        "发布公示",
        "登记公示位置",
        "答复 1 条公众意见：采纳",
        "删除一条意见的个人信息",
        "通知 3 人，到会 2 人",
    ):
        assert words in text


def test_a_case_without_such_steps_shows_no_such_section(case_in, page_of):
    place = case_in("unit_plan", "compile")
    assert "环节内办理" not in page_of(place)
