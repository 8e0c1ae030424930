"""The page of a case asks the database as often with fifty entries as with one, and tells the whole story."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.entrusting import hand_over
from huancheng.platform.casework.domain.informing import meet_precondition
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.recognising import recognise
from huancheng.platform.casework.domain.recording import record_decision
from huancheng.platform.casework.domain.remarking import comment, instruct
from huancheng.platform.casework.domain.returning import request_correction, supply_correction, withdraw
from huancheng.platform.casework.domain.writing import write_part
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.case_page import case_page
from huancheng.platform.common import clock
from tests.platform.casework.walking import OFFICE, Walk, day

pytestmark = pytest.mark.django_db


def page_of(walk, acting=None):
    return case_page(walk.case, acting or walk.acting(OFFICE, "officer"))


def test_as_many_questions_with_fifty_entries_as_with_few(plan, client_as):
    client = client_as(OFFICE, "officer")
    url = reverse("casework:case", args=[plan.pk])
    with day(0):
        plan.until("review")
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as few:
            client.get(url)
        for number in range(50):
            comment(plan.pk, plan.acting(OFFICE, "officer", number % 5 + 1), words=f"第{number}条")
        with CaptureQueriesContext(connection) as many:
            assert "第49条" in client.get(url).content.decode()
    assert len(few) == len(many) < 45


def test_the_headline_follows_the_case(plan):
    with day(0):
        assert page_of(plan).state.words == "临河县人民政府待指定"
        plan.until("review")
        assert page_of(plan).state.words == "临河县自然资源和规划局待审核，还剩 20 个工作日"
    with day(25):
        assert page_of(plan).state.tone == "amber"
    with day(28):
        assert page_of(plan).state.words == "临河县自然资源和规划局待审核，今天到期"
    with day(30):
        state = page_of(plan).state
        assert (state.words, state.tone) == ("临河县自然资源和规划局待审核，已逾期 2 个工作日", "red")
        request_correction(plan.pk, "review", plan.officer_of("review"), words="补图")
        assert page_of(plan).state.words == "临河县自然资源和规划局要求补正，自 2026-04-01 停止计时"


def test_how_a_case_ended_stands_in_its_headline(plan, acting, unit):
    with day(0):
        plan.until("review")
        plan.carry_out("review", passed=False)
        assert page_of(plan).state.words == "审核未通过：临河县自然资源和规划局"
        scheme = Walk.begin(acting, "scheme", unit(kind="project", key="P7"))
        withdraw(scheme.pk, acting(OFFICE, "compiler"), words="不办")
        assert page_of(scheme).state.words == "已撤回"
        waiting = Walk(open_case("unit_plan", unit(key="W"), acting(OFFICE, "officer")).case.pk, acting)
        assert page_of(waiting).state.words == "等待前置条件：专项规划已批准"


def test_a_notice_says_until_when_it_hangs_and_parallel_steps_are_counted(acting, unit):
    with day(0):
        walk = Walk.begin(acting, "special_plan", unit(kind="jurisdiction", key="linhe"))
        walk.carry_out("compile")
        assert page_of(walk).state.words == "临河县人民政府公示中，须满 2026-04-01"
        bundle = Walk.begin(acting, "bundle", unit(kind="project", key="B"))
        bundle.carry_out("compile")
        assert page_of(bundle).state.words.endswith("；另有 1 个环节同时办理")
        assert [station.beside for station in page_of(bundle).stations] == [False, False, True, False]
    with day(40):
        assert page_of(walk).state.words == "临河县人民政府公示期满，可以结束"


def test_each_station_says_who_when_how_long_and_why(plan):
    with day(0):
        plan.carry_out("designate")
    with day(4):
        plan.until("review")
        stations = page_of(plan).stations
    compiled, review = stations[1], stations[3]
    assert (compiled.state, compiled.took) == ("done", "4 个工作日")
    assert (review.state, review.body) == ("current", "临河县自然资源和规划局")
    assert "时限 20 个工作日（默认时限）" in review.why
    assert review.clauses == [("聊政字〔2023〕7号 五(三)", review.clauses[0][1])]
    assert stations[2].result == "略过"
    assert stations[-1].why.startswith("不影响后续环节")


def test_the_story_is_told_in_words_with_names_papers_and_differences(plan):
    with day(0):
        plan.until("review")
        request_correction(plan.pk, "review", plan.officer_of("review"), words="补充现状图")
        write_part(plan.pk, "单元发展定位", "改后的定位。", plan.officer_of("compile"))
        supply_correction(plan.pk, "review", plan.acting(OFFICE, "clerk"))
        colleague = plan.acting(plan.body("review").name, "reviewer", 2)
        hand_over(plan.pk, "review", plan.officer_of("review"), to=Person.objects.get(pk=colleague.person))
        instruct(plan.pk, plan.acting(OFFICE, "officer"), words="抓紧", paper="批示3号")
        plan.carry_out("review")
        record_decision(
            plan.pk, "approve", plan.acting("临河县城市更新工作专班", "clerk"), passed=True, paper="纪要1号",
            document_day=clock.today(),
        )  # fmt: skip
        told = page_of(plan).history
    titles = [item.title for item in told]
    assert titles == [
        "登记批准决定，待复核：通过",
        "审核：通过",
        "登记批示",
        "转交审核：临河县自然资源和规划局reviewer2",
        "提交补正，恢复计时",
        "审核要求补正，停止计时",
        "略过征求意见",
        "编制办结",
        "指定办结",
        "确认前置条件：专项规划已批准",
        "发起案卷",
    ]
    by_title = dict(zip(titles, told, strict=True))
    assert by_title["登记批示"].notes == ("文号：批示3号",)
    assert by_title["审核要求补正，停止计时"].text == "补充现状图"
    assert by_title["提交补正，恢复计时"].link == "查看与上一稿的差异"
    assert "审核人" in by_title["审核：通过"].who


def test_a_change_of_route_is_explained(scheme):
    with day(0):
        scheme.until("implement")
        recognise(scheme.pk, "recognised_major", scheme.acting(OFFICE, "officer"), paper="认定1号", words="十二亿元")
        moved = page_of(scheme).rerouted[0]
    assert (moved.left, moved.entered) == ("项目实施方案（一般项目）", "项目实施方案（市级、跨区域或重大项目）")
    assert [(step.step, step.becomes) for step in moved.steps] == [("编制", "编制"), ("批准", "审核"), ("备案", "")]
    assert "停止实施至市政府批准" in moved.steps[-1].reason


def test_related_cases_are_shown_both_ways_only_to_who_sees_them(acting, unit):
    officer = acting(OFFICE, "officer")
    with day(0):
        special = Walk.begin(acting, "special_plan", unit("wangyue", "wangyue", "jurisdiction"))
        Case.objects.filter(pk=special.pk).update(approved=True)
        zone = Walk(open_case("unit_plan", unit("wangyue", "U3"), officer).case.pk, acting)
        assert [case.pk for case in page_of(zone).preconditions[0].candidates] == [special.pk]
        stranger = acting("示例高新技术产业开发区管委会", "approver")
        assert case_page(zone.case, stranger).preconditions[0].candidates == []
        meet_precondition(zone.pk, "special-plan", officer, by=special.case)
        assert page_of(zone).preconditions[0].case.pk == special.pk
        assert [case.pk for case in page_of(special).waiting] == [zone.pk]
        assert case_page(zone.case, stranger).preconditions[0].case is None
        withdraw(special.pk, acting(OFFICE, "compiler"), words="重编")
        assert page_of(zone).preconditions[0].fallen


def test_a_draft_is_seen_only_by_who_writes_it(plan):
    with day(0):
        plan.carry_out("designate")
        write_part(plan.pk, "单元发展定位", "秘密的初稿", plan.officer_of("compile"))
        assert page_of(plan, plan.officer_of("compile")).contents.parts[0].text == "秘密的初稿"
        assert page_of(plan).contents.parts[0].text == ""
        plan.carry_out("compile")
        assert page_of(plan).contents.parts[0].text == "单元发展定位：示例文字。"


def test_offers_lead_with_the_act_that_carries_the_case_on(plan):
    with day(0):
        assert page_of(plan, plan.officer_of("designate")).offers.main.act == "complete"
        assert page_of(plan, plan.acting(OFFICE, "auditor")).offers.main is None
        past = page_of(plan).offers.groups[-1]
        plan.carry_out("designate")
        compiler = plan.officer_of("compile")
        assert page_of(plan, compiler).offers.main.act == "edit"
        plan.write("compile")
        assert page_of(plan, compiler).offers.main.act == "complete"
    assert past.title == "补录此前已办的环节"
    assert len(past.offers) == 6
