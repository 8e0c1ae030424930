"""A notice hangs its full time, counted from the day it went up; it shows where it hung."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.models import Hearing, Notice
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.notices.domain.publishing import (
    add_place,
    complete_notice,
    publish,
    record_hearing,
)
from huancheng.policy.routes.interpret import RouteFault
from huancheng.policy.routes.state import StepStatus

pytestmark = pytest.mark.django_db
WORDS = {"title": "公示", "text": "现予公示。"}


@pytest.mark.requirement("8.5-2")
def test_a_notice_hangs_for_the_days_of_the_law_from_the_day_it_went_up(plan, clerk, at_day):
    with at_day(10):
        notice = publish(plan.case.pk, "notice", clerk, **WORDS)
    assert notice.ends_on == date(2026, 4, 11)
    assert notice.body.name == "临河县人民政府"
    code, data = plan.events[-1]
    assert (code, data["ends_on"]) == ("case.publish_notice", "2026-04-11")


def test_it_may_hang_longer_but_not_shorter(plan, clerk):
    with pytest.raises(ProcedureFault, match="2026-04-01"):
        publish(plan.case.pk, "notice", clerk, ends_on=date(2026, 3, 31), **WORDS)
    assert publish(plan.case.pk, "notice", clerk, ends_on=date(2026, 5, 1), **WORDS).ends_on == date(2026, 5, 1)


def test_a_notice_says_something_and_hangs_once_in_a_round(plan, clerk):
    for words in ({"title": " ", "text": "现予公示"}, {"title": "公示", "text": ""}):
        with pytest.raises(ProcedureFault, match="标题和内容"):
            publish(plan.case.pk, "notice", clerk, **words)
    publish(plan.case.pk, "notice", clerk, **WORDS)
    with pytest.raises(ProcedureFault, match="已经发布"):
        publish(plan.case.pk, "notice", clerk, **WORDS)
    assert Notice.objects.count() == 1


def test_only_copies_let_out_for_the_public_go_with_it(plan, clerk, paper_of):
    shown, hidden = paper_of(plan, "规划文本", public=True), paper_of(plan, "内部测算", public=False)
    foreign = paper_of(plan, "已解密附件", public=True)
    notice = publish(plan.case.pk, "notice", clerk, papers=[shown.pk, hidden.pk], **WORDS)
    assert [(paper.title, paper.copy) for paper in notice.papers.all()] == [("规划文本", shown.published)]
    assert plan.events[-1][1]["papers"] == [shown.published.stored.sha256]
    assert foreign.published not in [paper.copy for paper in notice.papers.all()]


def test_where_the_step_sets_no_time_a_notice_may_hang_without_end(case_in, acting):
    place = case_in("checkup_report", "publish")
    clerk = acting("市住房城乡建设局", "clerk")
    assert publish(place.case.pk, "publish", clerk, **WORDS).ends_on is None
    complete_notice(place.case.pk, "publish", clerk)
    assert place.status is StepStatus.DONE


def test_the_body_through_which_a_government_acts_publishes_answers_and_ends_its_notice(plan, clerk, at_day):
    with at_day(0):
        publish(plan.case.pk, "notice", clerk, **WORDS)
    assert plan.body.name == "临河县人民政府"
    assert clerk.body == plan.body.acts_through_id
    with at_day(31):
        complete_notice(plan.case.pk, "notice", clerk)
    assert plan.status is StepStatus.DONE


def test_it_ends_no_other_step_of_that_government(case_in, acting):
    place = case_in("unit_plan", "designate")
    assert place.body.name == "临河县人民政府"
    for role in ("clerk", "approver"):
        with pytest.raises(NotAllowed):
            complete(place.case.pk, "designate", acting("临河县城市更新工作专班", role))


def test_who_may_not_publish_is_refused(plan, acting):
    with pytest.raises(NotAllowed):
        publish(plan.case.pk, "notice", acting("平野县城市更新工作专班", "clerk"), **WORDS)


def test_it_shows_where_else_it_hung_with_evidence(notice, plan, clerk, stored):
    photograph = stored(b"picture")
    add_place(notice.pk, clerk, kind="bulletin", place="社区公告栏", day=date(2026, 3, 2), evidence=photograph)
    add_place(notice.pk, clerk, kind="website", place="县政府网站公示栏目")
    assert list(notice.places.values_list("kind", "evidence")) == [("bulletin", photograph.pk), ("website", None)]
    for arguments in ({"kind": "moon", "place": "背面"}, {"kind": "press", "place": " "}):
        with pytest.raises(ProcedureFault, match="位置"):
            add_place(notice.pk, clerk, **arguments)
    with pytest.raises(ProcedureFault, match="日期"):
        add_place(notice.pk, clerk, kind="press", place="日报", day=date(2026, 3, 1))


def test_it_can_not_end_early_by_any_door(notice, plan, own_clerk, at_day):
    with at_day(30):
        for end in (complete_notice, complete):
            with pytest.raises((ProcedureFault, RouteFault), match="公示须满 2026-04-01"):
                end(plan.case.pk, "notice", own_clerk)
    with at_day(31):
        complete_notice(plan.case.pk, "notice", own_clerk, paper="公示情况说明")
    assert plan.status is StepStatus.DONE


def test_a_notice_put_up_late_hangs_its_full_time(plan, clerk, own_clerk, at_day):
    with at_day(20):
        publish(plan.case.pk, "notice", clerk, **WORDS)
    with at_day(31), pytest.raises(ProcedureFault, match="公示须满 2026-04-21"):
        complete(plan.case.pk, "notice", own_clerk)


def test_a_notice_that_never_hung_is_not_completed_here(plan, own_clerk, at_day):
    with at_day(40), pytest.raises(ProcedureFault, match="尚未发布"):
        complete_notice(plan.case.pk, "notice", own_clerk)


def test_a_hearing_is_recorded_in_numbers_and_words(notice, plan, clerk):
    arguments = {
        "held_on": date(2026, 3, 2), "place": "社区服务中心", "invited": 30, "attended": 24, "text": "对停车提出意见",
        "outcome": "增设车位", "paper": "听证笔录1",
    }  # fmt: skip
    with pytest.raises(ProcedureFault, match="人数"):
        record_hearing(plan.case.pk, "notice", clerk, **{**arguments, "attended": 31})
    with pytest.raises(ProcedureFault, match="听证情况"):
        record_hearing(plan.case.pk, "notice", clerk, **{**arguments, "outcome": " "})
    record_hearing(plan.case.pk, "notice", clerk, **arguments)
    assert Hearing.objects.get().attended == 24
    assert plan.status is StepStatus.READY
    assert plan.events[-1][0] == "case.record_hearing"
