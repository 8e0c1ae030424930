"""Who compiles, reviews, approves, files and co-ordinates: real cases walked through the platform, step by step."""

from __future__ import annotations

import pytest
from django.db.models import Q

from huancheng.evidence import InputFault
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.recognising import recognise
from huancheng.platform.casework.domain.recording import confirm_record, record_decision
from huancheng.platform.casework.domain.stepping import complete, decide
from huancheng.platform.casework.models import Task
from huancheng.platform.casework.procedures.consultation.domain.answering import answer
from huancheng.platform.casework.procedures.consultation.domain.asking import ask
from huancheng.platform.casework.procedures.consultation.domain.settling import conclude
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.queries.waiting import tasks_chased, tasks_to_do
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Vote
from tests.platform.casework.walking import OFFICE, Walk, day

pytestmark = pytest.mark.django_db

CENTRAL = ["wangyue", "example_economic_zone", "example_hightech_zone", "example_resort_zone"]
COUNTY = "linhe"


def opened(acting, unit, instrument, jurisdiction, kind):
    with day(0):
        return Walk.begin(acting, instrument, unit(jurisdiction, f"{jurisdiction}-{kind}", kind))


def refused_to(walk, step, body, role):
    """Whether somebody of another body is refused the step, and nothing moves."""
    before = walk.case.version
    acting = walk.acting(body, role)
    vote = Vote(9, 9, 9) if walk.planned(step).step.vote else None
    if walk.planned(step).step.kind.judges:
        with pytest.raises(NotAllowed):
            decide(walk.pk, step, acting, passed=None if vote else True, vote=vote, opinion="越权")
    else:
        with pytest.raises(NotAllowed):
            complete(walk.pk, step, acting)
    return walk.case.version == before


@pytest.mark.requirement("5.2-4", "5.2-6", "5.2-7", "5.2-8")
@pytest.mark.parametrize("jurisdiction", CENTRAL)
def test_the_central_citys_special_plan_is_compiled_by_the_citys_bureau_and_approved_by_the_city(
    jurisdiction, acting, unit
):
    walk = opened(acting, unit, "special_plan", jurisdiction, "jurisdiction")
    assert walk.body("compile").name == "市自然资源和规划局"
    with day(0):
        assert refused_to(walk, "compile", "望岳区人民政府", "compiler")
        walk.carry_out("compile")
    with day(60):
        walk.until("deliberate")
        assert walk.body("deliberate").name == "市国土空间规划委员会"
        assert refused_to(walk, "approve", "市政府", "approver"), "nothing is approved before it was deliberated"
        walk.carry_out("deliberate")
        assert walk.body("approve").name == "市政府"
        assert refused_to(walk, "approve", "市自然资源和规划局", "approver")
        walk.record("approve")
        assert walk.case.approved
        assert (walk.body("file").name, walk.planned("file").sender.name) == ("市城市更新工作专班", "市政府")
        walk.carry_out("file")
    assert walk.case.status == "finished"


@pytest.mark.requirement("5.2-5", "5.2-6", "5.2-7", "5.2-8")
@pytest.mark.parametrize("jurisdiction", [COUNTY, "qingquan"])
def test_another_countys_special_plan_is_compiled_and_approved_at_home_and_filed_with_the_city(
    jurisdiction, acting, unit
):
    walk = opened(acting, unit, "special_plan", jurisdiction, "jurisdiction")
    home = current_book().jurisdictions[jurisdiction].title
    with day(0):
        assert refused_to(walk, "compile", "市自然资源和规划局", "compiler")
        walk.carry_out("compile")
    with day(60):
        walk.until("deliberate")
        assert walk.body("deliberate").name == f"{home}国土空间规划委员会"
        walk.carry_out("deliberate")
        assert refused_to(walk, "approve", "市政府", "approver")
        assert walk.body("approve").name == f"{home}人民政府"
        walk.record("approve")
        task = Task.objects.get(case=walk.pk)
        assert (task.body.name, task.kind) == ("市城市更新工作专班", "file")
        assert task.due_on is not None
        assert refused_to(walk, "file", f"{home}人民政府", "filing_clerk")
        walk.carry_out("file")
    assert walk.case.status == "finished"


@pytest.mark.requirement("5.3-4", "5.3-5", "5.3-6", "5.3-7")
@pytest.mark.parametrize("jurisdiction", CENTRAL)
def test_a_central_unit_plan_is_reviewed_by_the_citys_bureau_and_approved_by_the_city(jurisdiction, acting, unit):
    walk = opened(acting, unit, "unit_plan", jurisdiction, "unit")
    title = current_book().jurisdictions[jurisdiction].title
    government = f"{title}管委会" if jurisdiction != "wangyue" else f"{title}人民政府"
    with day(0):
        assert walk.body("designate").name == government
        walk.carry_out("designate")
        assert walk.body("compile").name == f"{title}指定的编制部门"
        walk.until("review")
        assert walk.body("review").name == "市自然资源和规划局"
        assert refused_to(walk, "review", f"{title}指定的编制部门", "reviewer")
        assert refused_to(walk, "approve", "市政府", "approver"), "nothing is approved before it was reviewed"
        walk.carry_out("review")
        assert refused_to(walk, "approve", government, "approver"), "a zone's committee approves no unit plan"
        walk.record("approve")
    assert walk.body("approve").name == "市政府"
    assert walk.case.approved


@pytest.mark.requirement("5.3-4", "5.3-5", "5.3-8", "5.3-9", "5.3-10")
def test_a_countys_unit_plan_is_reviewed_and_approved_at_home_and_filed_with_the_city(plan):
    with day(0):
        plan.until("review")
        assert refused_to(plan, "review", "市自然资源和规划局", "reviewer")
        plan.carry_out("review")
        assert refused_to(plan, "approve", "市政府", "approver")
        plan.record("approve")
        assert (plan.body("file").name, plan.planned("file").sender.name) == ("市城市更新工作专班", "临河县人民政府")
        plan.record("file", passed=None)
    assert plan.case.status == "finished"


@pytest.mark.requirement("5.4-4", "5.4-5", "5.4-6", "8.1-3")
@pytest.mark.parametrize("jurisdiction", [COUNTY, "example_economic_zone"])
def test_the_annual_plan_is_compiled_by_the_local_task_force_approved_at_home_and_reviewed_by_the_city_before_works(
    jurisdiction, acting, unit
):
    walk = opened(acting, unit, "annual_plan", jurisdiction, "jurisdiction")
    title = current_book().jurisdictions[jurisdiction].title
    zone = jurisdiction != COUNTY
    with day(0):
        assert walk.body("compile").name == (f"{title}城市更新工作机构" if zone else f"{title}城市更新工作专班")
        walk.carry_out("compile")
        assert walk.body("approve").name == (f"{title}管委会" if zone else f"{title}人民政府")
        walk.record("approve")
        assert (walk.case.approved, walk.case.cleared) == (True, False)
        assert refused_to(walk, "implement", walk.body("implement").name, "clerk"), "no works before the city's review"
        assert walk.body("review").name == "市城市更新工作专班"
        walk.record("review")
        assert walk.case.cleared
        walk.carry_out("implement")
    assert walk.case.status == "finished"


@pytest.mark.requirement("5.6-3", "5.6-4", "8.2-6")
@pytest.mark.parametrize("jurisdiction", [COUNTY, "example_economic_zone"])
def test_an_ordinary_scheme_is_approved_at_home_and_carried_out_only_once_it_is_filed(jurisdiction, acting, unit):
    walk = opened(acting, unit, "scheme", jurisdiction, "project")
    with day(0):
        walk.until("approve")
        home = "临河县人民政府" if jurisdiction == COUNTY else "示例经济技术开发区管委会"
        assert walk.body("approve").name == home
        assert refused_to(walk, "approve", "市政府", "approver")
        walk.record("approve")
        assert refused_to(walk, "implement", "实施主体", "entity_staff"), "nothing is built before it was filed"
        assert (walk.body("file").name, walk.planned("file").sender.name) == ("市城市更新工作专班", home)
        walk.carry_out("file")
        walk.carry_out("implement")
    assert walk.case.status == "finished"


@pytest.mark.requirement("5.6-5", "5.6-6", "8.1-5")
@pytest.mark.parametrize("act", ["recognised_major", "recognised_city_level", "recognised_cross_area"])
def test_a_recognised_scheme_is_reviewed_by_the_task_force_and_approved_by_the_city(act, scheme):
    with day(0):
        recognise(scheme.pk, act, scheme.acting(OFFICE, "officer"), paper="认定1号", words="理由")
        for step in ("compile", "local-review", "neighbours", "experts"):
            if step in scheme.standing.state.steps:
                scheme.carry_out(step)
        assert scheme.body("experts").name == "市城市更新专家委员会"
        scheme.leave_out("letters")
        assert scheme.body("review").name == "市城市更新工作专班"
        assert refused_to(scheme, "review", "临河县人民政府", "reviewer")
        scheme.record("review")
        assert refused_to(scheme, "approve", "临河县人民政府", "approver")
        assert scheme.body("approve").name == "市政府"
        scheme.record("approve")
        assert scheme.ready == ["implement"]


@pytest.mark.requirement("8.1-2")
def test_the_office_recognises_and_decides_for_no_body_it_only_records(acting, unit):
    walk = opened(acting, unit, "recognition", COUNTY, "project")
    with day(0):
        walk.carry_out("submit")
        walk.carry_out("consult")
        assert walk.body("approve").name == OFFICE
        assert refused_to(walk, "approve", "临河县人民政府", "approver")
        walk.carry_out("approve")
    assert walk.case.status == "finished"


@pytest.mark.requirement("8.1-1", "8.1-2", "8.2-1")
def test_the_task_force_acts_through_its_office_whose_officers_see_every_case(plan, acting):
    from huancheng.platform.casework.queries.visible import visible_cases

    assert Body.objects.get(name="市城市更新工作专班").acts_through.name == OFFICE
    assert visible_cases(acting(OFFICE, "officer")).filter(pk=plan.pk).exists()
    assert not visible_cases(acting("平野县人民政府", "approver")).filter(pk=plan.pk).exists()


@pytest.mark.requirement("8.1-3", "8.2-6")
def test_every_jurisdiction_has_its_working_body_and_the_government_that_answers_for_it():
    book = current_book()
    for jurisdiction in book.jurisdictions:
        for role in ("local_task_force", "local_government"):
            name = book.body(role, jurisdiction).name
            assert Body.objects.get(name=name).jurisdiction == jurisdiction.id


@pytest.mark.requirement("8.1-4", "8.2-3")
def test_city_and_county_work_on_one_case_each_with_its_task_and_its_day(plan):
    seen = []
    with day(0):
        for step in ("designate", "compile", "review", "approve", "file"):
            plan.until(step)
            task = Task.objects.get(case=plan.pk, step=step)
            seen.append((task.body.level, task.due_on is not None))
    assert seen == [("county", False), ("county", False), ("county", True), ("county", True), ("city", True)]


@pytest.mark.requirement("8.2-2", "8.2-3")
def test_each_member_has_its_list_of_tasks_with_their_days_which_the_office_sees_too(plan, acting):
    with day(0):
        plan.until("review")
        bureau, officer = plan.officer_of("review"), acting(OFFICE, "officer")
        other = acting("平野县自然资源和规划局", "reviewer")
        mine = tasks_to_do(bureau).get()
        assert (mine.case_id, mine.step, mine.body_id, mine.due_on) == (
            plan.pk,
            "review",
            bureau.body,
            plan.standing.interpreter.due(plan.standing.state, "review").day,
        )
        assert not tasks_to_do(other).exists()
    with day(60):
        assert tasks_chased(officer, Q(due_on__lt=clock.today())).get() == mine
        assert not tasks_chased(other, Q(due_on__lt=clock.today())).exists()


@pytest.mark.requirement("8.2-2", "8.2-5", "8.1-2")
def test_departments_at_odds_are_heard_the_office_decides_and_it_is_tracked_until_done(acting, unit):
    finance, housing = "市财政局", "市住房城乡建设局"
    clerk, second = acting(OFFICE, "clerk"), acting(OFFICE, "clerk", 2)
    with day(0):
        walk = opened(acting, unit, "department_conflict", COUNTY, "jurisdiction")
        walk.carry_out("submit")
        keys = [Body.objects.get(name=name).pk for name in (finance, housing)]
        requests = {item.body.name: item.pk for item in ask(walk.pk, "consult", clerk, keys, matter="资金口径不一")}
        answer(requests[finance], acting(finance, "reviewer"), opinion="disagree", text="无预算")
        with pytest.raises(ProcedureFault, match="还有 1 家未答复：市住房城乡建设局"):
            conclude(walk.pk, "consult", clerk, passed=True, opinion="不等了")
        answer(requests[housing], acting(housing, "reviewer"), opinion="agree", text="应予保障")
        conclude(walk.pk, "consult", clerk, passed=True, opinion="两家意见不一")
        assert refused_to(walk, "decide", finance, "approver"), "no side decides its own case"
        decide(walk.pk, "decide", acting(OFFICE, "approver"), passed=True, opinion="由市财政局列入预算")
        task = walk.case.tasks.get()
        assert (task.step, task.body.name, task.through.name) == ("settle", "专班成员单位", OFFICE)
    with day(60):
        assert tasks_chased(acting(OFFICE, "officer"), Q(due_on__lt=clock.today())).get() == task
        record_decision(
            walk.pk, "settle", clerk, paper="市财函〔2026〕3号", document_day=clock.today(), words="已列入预算"
        )
        assert walk.case.status == "open", "it is done when a second person has seen the paper"
        confirm_record(walk.pk, "settle", second)
    assert walk.case.status == "finished"


@pytest.mark.requirement("8.2-4")
def test_a_case_keeps_the_law_it_began_under(plan, settings):
    began = plan.case.pack
    settings.PACK = "liaocheng-2023"
    assert current_book().pack.digest != began
    with day(0):
        plan.carry_out("designate")
    assert (plan.case.pack, plan.standing.book.pack.digest, plan.ready) == (began, began, ["compile"])


@pytest.mark.requirement("5.6-1", "5.6-2")
def test_a_scheme_is_not_submitted_without_its_six_parts_and_its_balance(scheme):
    with (
        day(0),
        pytest.raises(
            InputFault, match="内容不齐：更新方式、实现途径、设计方案、建设方案、管理机制、运营方案、资金平衡"
        ),
    ):
        complete(scheme.pk, "compile", scheme.officer_of("compile", "entity_staff"))
