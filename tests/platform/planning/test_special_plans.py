"""Special plans: what they rest on, what they say, how a case carries them to approval, and what changes by version."""

from __future__ import annotations

import json
from datetime import date

import pytest
import shapely
from django.urls import reverse

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.informing import meet_precondition
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.models import Case, Part
from huancheng.platform.casework.subjects import kind_of, subject_link
from huancheng.platform.planning.domain.goals import Goal, goals_of
from huancheng.platform.planning.domain.plan_cases import follow_case, missing_basis, open_plan_case
from huancheng.platform.planning.domain.special_plans import (
    carry_findings,
    change_texts,
    drop_area,
    keep_area,
    new_version,
    set_basis,
    write_goals,
)
from huancheng.platform.planning.models import KeyArea, PlanRecord, SpecialPlan
from huancheng.platform.planning.queries.city import city_rows, city_sheet
from huancheng.platform.planning.queries.places import CENTRAL, place_of, place_title, plan_places, subject_of
from huancheng.platform.planning.queries.plan_page import findings_for, standing_of_plan
from huancheng.platform.planning.queries.versions import compare
from huancheng.platform.planning.queries.visible import visible_special_plans
from huancheng.platform.planning.queries.writable import places_to_begin
from huancheng.platform.planning.rules import being_written
from tests.platform.casework.procedures.conftest import step_into
from tests.platform.casework.walking import Walk
from tests.platform.planning.making import (
    BUREAU,
    COUNTY_OFFICE,
    OFFICE,
    a_checkup,
    a_plan,
    a_record,
    a_unit,
    on_a_basis,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(acting):
    return acting(OFFICE, "officer")


@pytest.fixture
def plan(officer):
    return a_plan(officer)


def latest(plan: SpecialPlan) -> SpecialPlan:
    return SpecialPlan.objects.get(pk=plan.pk)


def adopted(plan: SpecialPlan, acting) -> SpecialPlan:
    """Carry a plan through its case."""
    officer = acting(OFFICE, "officer")
    if missing_basis(plan):
        on_a_basis(plan, officer)
    case = open_plan_case(plan.pk, officer).case
    step_into(case.pk, "file")
    follow_case(case.pk)
    return latest(plan)


@pytest.mark.requirement("5.2-4", "5.2-5")
def test_the_central_city_is_planned_as_one_and_every_other_jurisdiction_by_itself(book):
    places = plan_places()
    assert (places[0].id, places[0].title, len(places[0].members)) == ("wangyue", CENTRAL, 4)
    assert len(places) == 1 + sum(not item.central for item in book.jurisdictions)
    assert place_of("example_resort_zone") == places[0]
    assert place_title("linhe") == "临河县"
    assert (place_of("nowhere"), place_title("nowhere")) == (None, "nowhere")


@pytest.mark.requirement("5.2-4", "5.2-5")
def test_a_plan_is_begun_by_whoever_opens_its_case(acting):
    assert [place.id for place in places_to_begin(acting(COUNTY_OFFICE, "compiler"))] == ["linhe"]
    assert [place.id for place in places_to_begin(acting(BUREAU, "compiler"))] == ["wangyue"]
    assert places_to_begin(acting("临河县指定的编制部门", "compiler")) == []
    assert places_to_begin(acting(OFFICE, "auditor")) == []
    assert len(places_to_begin(acting(OFFICE, "officer"))) == len(plan_places())
    plan = a_plan(acting(COUNTY_OFFICE, "compiler"))
    assert (plan.title, plan.subject.kind, plan.subject.key) == ("临河县城市更新专项规划", "jurisdiction", "linhe")
    with pytest.raises(NotAllowed):
        a_plan(acting(COUNTY_OFFICE, "compiler"), "pingye")
    with pytest.raises(InputFault, match="已有"):
        a_plan(acting(OFFICE, "officer"))


@pytest.mark.requirement("5.2-1")
def test_a_case_can_be_opened_only_when_the_check_up_and_each_upper_plan_are_cited(plan, officer):
    assert missing_basis(plan) == ["城市体检成果", "国土空间总体规划", "控制性详细规划"]
    with pytest.raises(InputFault, match="城市体检成果、国土空间总体规划、控制性详细规划") as fault:
        open_plan_case(plan.pk, officer)
    assert fault.value.cure
    set_basis(plan.pk, officer, checkup=a_checkup(), upper=[a_record("master")], expected=0)
    assert missing_basis(latest(plan)) == ["控制性详细规划"]
    assert "还缺少依据：控制性详细规划" in standing_of_plan(latest(plan), officer).headline
    assert not Case.objects.exists()


@pytest.mark.requirement("5.2-1")
def test_a_plan_that_was_repealed_since_is_no_basis_any_more(plan, officer):
    on_a_basis(plan, officer)
    assert missing_basis(latest(plan)) == []
    PlanRecord.objects.filter(kind="master").update(state="repealed")
    assert missing_basis(latest(plan)) == ["示例市master规划（已不是现行规划）"]
    draft = a_record("regulatory", "linhe", title="没批的", state="compiling")
    with pytest.raises(InputFault, match="没批的"):
        set_basis(plan.pk, officer, checkup=None, upper=[draft], expected=1)


@pytest.mark.requirement("5.2-1")
def test_a_case_opened_elsewhere_does_not_pass_by_the_basis(plan, officer, acting, contents):
    case = open_case("special_plan", plan.subject, officer).case
    follow_case(case.pk)
    assert latest(plan).case_id == case.pk
    walk = Walk(case.pk, acting)
    meet_precondition(case.pk, "checkup", officer, paper="示政字〔2026〕1号")
    writer = walk.officer_of("compile")
    contents(case.pk, writer)
    with pytest.raises(InputFault, match="城市体检成果"):
        complete(case.pk, "compile", writer)
    on_a_basis(latest(plan), officer)
    complete(case.pk, "compile", writer)


@pytest.mark.requirement("5.1-5", "5.2-2")
def test_goals_are_carried_from_findings_and_remember_them(plan, officer):
    on_a_basis(plan, officer)
    found = list(findings_for(latest(plan)))
    assert [row.scope_name for row in found] == ["全市", "临河县"]
    assert list(findings_for(latest(plan), "平野")) == []
    carry_findings(plan.pk, officer, [row.key for row in found], expected=1)
    goals = goals_of(latest(plan).goals)
    assert [(goal.finding, goal.scope, goal.value, goal.goal) for goal in goals] == [
        (row.key, row.scope_name, "12 栋", "三年内完成排查整治") for row in found
    ]
    rewritten = Goal(**{**goals[1].as_row(), "goal": "2028 年前清零", "by": 2028})
    write_goals(plan.pk, officer, [rewritten], expected=2)
    carry_findings(plan.pk, officer, [row.key for row in found], expected=3)
    kept = goals_of(latest(plan).goals)
    assert [(goal.goal, goal.by) for goal in kept] == [("2028 年前清零", 2028), ("三年内完成排查整治", None)]


def test_a_goal_without_finding_or_words_is_refused(plan, officer):
    with pytest.raises(InputFault, match="还没有引用"):
        carry_findings(plan.pk, officer, ["T-01/city/0"], expected=0)
    on_a_basis(plan, officer)
    with pytest.raises(InputFault, match="没有这些问题"):
        carry_findings(plan.pk, officer, ["T-99"], expected=1)
    carry_findings(plan.pk, officer, ["T-01/city/0"], expected=1)
    goal = goals_of(latest(plan).goals)[0]
    for changes, says in (({"goal": " "}, "没有写"), ({"finding": "x"}, "没有对应")):
        wrong = Goal(**{**goal.as_row(), **changes})
        with pytest.raises(InputFault, match=says):
            write_goals(plan.pk, officer, [wrong], expected=2)


def test_another_check_up_lets_the_goals_of_the_first_fall(plan, officer):
    on_a_basis(plan, officer)
    carry_findings(plan.pk, officer, ["T-01/city/0"], expected=1)
    upper = list(latest(plan).upper_plans.all())
    set_basis(plan.pk, officer, checkup=a_checkup(digest="d" * 64), upper=upper, expected=2)
    assert latest(plan).goals == []


@pytest.mark.requirement("5.2-2")
def test_key_areas_with_direction_are_kept_apart_from_units(plan, officer):
    area = keep_area(plan.pk, officer, KeyArea(name="老城片区", direction="补短板"), expected=0)
    area.direction = "补短板、活业态"
    keep_area(plan.pk, officer, area, expected=1)
    assert latest(plan).key_areas.get().direction == "补短板、活业态"
    with pytest.raises(InputFault, match="没有名称"):
        keep_area(plan.pk, officer, KeyArea(name=" "), expected=2)
    drop_area(plan.pk, officer, area, expected=2)
    assert not latest(plan).key_areas.exists()
    codes = list(Event.objects.filter(stream=plan.stream).order_by("id").values_list("code", flat=True))
    assert codes == [f"special_plan.{code}" for code in ("begun", "area_added", "area_changed", "area_dropped")]


def test_texts_are_written_by_whoever_may_and_by_nobody_over_a_colleague(plan, officer, acting):
    said = {"title": "规划", "direction": "方向", "strategy": "策略"}
    change_texts(plan.pk, acting(COUNTY_OFFICE, "compiler"), expected=0, **said)
    with pytest.raises(Overtaken):
        change_texts(plan.pk, officer, expected=0, **said)
    with pytest.raises(NotAllowed):
        change_texts(plan.pk, acting("平野县城市更新工作专班", "compiler"), expected=1, **said)
    with pytest.raises(InputFault, match="过长"):
        change_texts(plan.pk, officer, expected=1, title="规划", direction="方" * 20_001, strategy="")


@pytest.mark.requirement("5.2-7", "5.2-8")
@pytest.mark.parametrize("jurisdiction", ["linhe", "wangyue"])
def test_an_approved_case_makes_the_version_the_one_in_force_and_enters_it_into_the_register(
    officer, acting, jurisdiction
):
    plan = a_plan(officer, jurisdiction)
    done = adopted(plan, acting)
    assert (done.state, done.case.approved) == (SpecialPlan.State.ADOPTED, True)
    record = PlanRecord.objects.get(kind="special")
    assert (record.title, record.state, record.jurisdiction) == (plan.title, "approved", jurisdiction)
    assert record.number == "示政字〔2025〕9号"
    assert record.approved_on == done.adopted_on
    assert not being_written(done)
    with pytest.raises(NotAllowed, match="已定稿"):
        change_texts(plan.pk, officer, title="改", direction="", strategy="", expected=done.edition)


def test_while_others_examine_it_nothing_is_changed(plan, officer, acting):
    on_a_basis(plan, officer)
    walk = Walk(open_plan_case(plan.pk, officer).case.pk, acting)
    assert being_written(latest(plan))
    with pytest.raises(InputFault, match="已发起"):
        open_plan_case(plan.pk, officer)
    meet_precondition(walk.pk, "checkup", officer, paper="示政字〔2026〕1号")
    walk.carry_out("compile")
    assert not being_written(latest(plan))
    with pytest.raises(NotAllowed, match="正在审批"):
        change_texts(plan.pk, officer, title="改", direction="", strategy="", expected=latest(plan).edition)


def test_a_case_of_another_kind_or_place_moves_no_plan(plan, officer, unit):
    assert follow_case(open_case("unit_plan", unit(), officer).case.pk) is None
    assert follow_case(open_case("special_plan", subject_of(place_of("pingye")), officer).case.pk) is None
    assert latest(plan).case is None


def test_the_case_page_finds_the_plan_and_its_contents(plan, officer):
    on_a_basis(plan, officer)
    change_texts(plan.pk, officer, title="规划", direction="以补短板为主", strategy="分期实施", expected=1)
    keep_area(plan.pk, officer, KeyArea(name="老城片区", direction="补短板"), expected=2)
    carry_findings(plan.pk, officer, ["T-01/city/0"], expected=3)
    a_unit(plan)
    assert subject_link(plan.subject) == reverse("planning:special-plan", args=[plan.pk])
    told = kind_of("jurisdiction").contents(plan.subject)
    assert told["重点区域及其更新方向"] == "以补短板为主\n1. 老城片区：补短板"
    assert "对应体检问题：全市存在安全隐患的住宅，现状12 栋" in told["总体目标"]
    assert told["发展策略"] == "分期实施"
    assert "LH-01 单元" in told["城市更新单元划定"]
    empty = subject_of(place_of("pingye"))
    empty.save()
    assert (subject_link(empty), kind_of("jurisdiction").contents(empty)) == ("", {})


def test_what_the_plan_says_is_offered_as_contents_and_counts_once_saved(plan, officer, client_as):
    on_a_basis(plan, officer)
    change_texts(plan.pk, officer, title="规划", direction="", strategy="分期实施", expected=1)
    case = open_plan_case(plan.pk, officer).case
    meet_precondition(case.pk, "checkup", officer, paper="示政字〔2026〕1号")
    client = client_as(COUNTY_OFFICE, "compiler")
    url = reverse("casework:contents", args=[case.pk])
    page = client.get(url)
    assert "由规划内容带出，保存后生效" in page.content.decode()
    assert not Part.objects.exists()
    client.post(url, {f"text-{part.place}": part.text for part, _text, _fault in page.context["rows"]})
    assert dict(Part.objects.exclude(text="").values_list("name", "text")) == {"发展策略": "分期实施"}


def test_units_are_offered_for_cases_and_link_back(plan, acting):
    unit = a_unit(plan)
    assert kind_of("unit").choices("linhe") == []
    adopted(plan, acting)
    assert [choice.title for choice in kind_of("unit").choices("linhe")] == ["LH-01 LH-01 单元"]
    assert subject_link(unit.subject) == reverse("planning:unit", args=[unit.pk])
    unit.delete()
    assert subject_link(unit.subject) == ""


def test_a_new_version_carries_everything_over_and_replaces_the_old_when_approved(plan, officer, acting):
    keep_area(plan.pk, officer, KeyArea(name="老城片区", direction="补短板"), expected=0)
    a_unit(plan, "LH-01", ("B1", "B2"))
    a_unit(plan, "LH-02", ("B3",))
    with pytest.raises(InputFault, match="定稿"):
        new_version(plan.pk, officer)
    first = adopted(latest(plan), acting)
    second = new_version(plan.pk, officer)
    assert (second.version, second.previous, second.checkup) == (2, first, first.checkup)
    assert [area.name for area in second.key_areas.all()] == ["老城片区"]
    assert set(second.upper_plans.all()) == set(first.upper_plans.all())
    with pytest.raises(InputFault, match="最新一版"):
        new_version(plan.pk, officer)
    change_texts(second.pk, officer, title=second.title, direction="扩大范围", strategy="", expected=0)
    a_unit(second, "LH-01", ("B1",))
    a_unit(second, "LH-02", ("B2", "B3", "B4"))
    found = compare(first, latest(second))
    assert [part.name for part in found.parts if part.is_changed] == ["更新方向"]
    assert [(move.before, move.after, list(move.blocks)) for move in found.moves] == [
        ("", "LH-02", ["B4"]), ("LH-01", "LH-02", ["B2"])
    ]  # fmt: skip
    assert (found.changed, found.moved, found.kept) == (1, 2, 2)
    assert open_plan_case(second.pk, officer).case.instrument == "special_plan_change"


def test_drafts_of_a_county_are_out_of_sight_elsewhere(plan, acting):
    seen = {
        name: visible_special_plans(acting(*who)).exists()
        for name, who in {
            "own": ("临河县财政局", "reviewer"), "other": ("平野县财政局", "reviewer"), "city": (BUREAU, "reviewer"),
            "auditor": (OFFICE, "auditor"), "expert": ("市城市更新专家委员会", "expert"),
        }.items()
    }  # fmt: skip
    assert seen == {"own": True, "other": False, "city": True, "auditor": True, "expert": False}
    SpecialPlan.objects.update(state="adopted")
    assert visible_special_plans(acting("平野县财政局", "reviewer")).exists()
    assert not visible_special_plans(None).exists()


@pytest.mark.requirement("5.2-2", "5.2-9")
def test_the_citys_sheet_joins_the_plans_in_force_and_names_those_that_are_missing(plan, officer, acting):
    on_a_basis(plan, officer)
    keep_area(plan.pk, officer, KeyArea(name="老城片区", direction="补短板"), expected=1)
    carry_findings(plan.pk, officer, ["T-01/city/0"], expected=2)
    a_unit(plan)
    before = city_sheet(officer)
    assert len(before.missing) == len(plan_places())
    assert [line.draft for line in before.missing if line.draft] == [plan]
    adopted(latest(plan), acting)
    sheet = city_sheet(acting("平野县财政局", "reviewer"))
    assert [line.place.id for line in sheet.joined] == ["linhe"]
    assert (sheet.areas, sheet.goals, sheet.units) == (1, 1, 1)
    rows = list(city_rows(sheet))
    assert [row[2] for row in rows if row[0] == "临河县"] == ["发展策略", "重点区域", "目标"]
    assert [row[1] for row in rows if row[0] == CENTRAL] == ["缺"]


def test_the_citys_sheet_as_page_and_workbook(plan, client_as, acting):
    adopted(plan, acting)
    client = client_as(OFFICE, "officer")
    told = client.get(reverse("planning:city")).content.decode()
    assert f"还缺 {len(plan_places()) - 1} 本专项规划" in told
    assert "发起汇总案卷" in told
    assert "发起汇总案卷" not in client_as(OFFICE, "auditor").get(reverse("planning:city")).content.decode()
    assert client.get(reverse("planning:city-xlsx")).content[:2] == b"PK"


@pytest.mark.parametrize("name", ["special-plans", "units", "city"])
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_number_of_queries_however_long(
    client_as, officer, django_assert_max_num_queries, name, rows
):
    for jurisdiction in ("linhe", "pingye", "dongling")[:rows]:
        a_unit(a_plan(officer, jurisdiction))
    SpecialPlan.objects.update(state="adopted", adopted_on=date(2026, 1, 1))
    client = client_as(OFFICE, "auditor")
    client.get(reverse(f"planning:{name}"))
    with django_assert_max_num_queries(18):
        told = client.get(reverse(f"planning:{name}")).content.decode()
    assert "临河县" in told


def test_the_pages_of_a_plan_tell_where_it_stands(plan, officer, client_as):
    client = client_as(OFFICE, "officer")
    names = ("", "-alternatives", "-units", "-versions")
    pages = {name: reverse(f"planning:special-plan{name}", args=[plan.pk]) for name in names}
    told = client.get(pages[""]).content.decode()
    assert "还缺少依据：城市体检成果" in told
    assert "发起案卷</button>" not in told
    on_a_basis(plan, officer)
    a_unit(plan)
    told = client.get(pages[""]).content.decode()
    assert "依据齐全，可以发起案卷" in told
    assert "发起案卷</button>" in told
    assert "LH-01" in client.get(pages["-units"]).content.decode()
    assert "建立专项规划" in client.get(pages["-versions"]).content.decode()
    assert client.get(pages["-alternatives"]).status_code == 200
    reader = client_as(OFFICE, "auditor").get(pages[""]).content.decode()
    assert "修改依据" not in reader


def test_forms_write_a_plan_from_beginning_to_case(client_as):
    client = client_as(COUNTY_OFFICE, "compiler")
    begun = client.post(reverse("planning:special-plan-begin"), {"place": "linhe", "title": ""})
    plan = SpecialPlan.objects.get()
    assert begun["Location"] == reverse("planning:special-plan", args=[plan.pk])
    run, master, regulatory = a_checkup("临河县"), a_record("master"), a_record("regulatory", "linhe")
    page = lambda name, *more: reverse(f"planning:special-plan-{name}", args=[plan.pk, *more])  # noqa: E731 - short
    refused = client.post(page("open"), follow=True).content.decode()
    assert "专项规划还缺少依据" in refused
    basis = {"edition": 0, "checkup": run.pk, "upper": [master.pk, regulatory.pk]}
    assert client.post(page("basis"), basis).status_code == 302
    assert client.post(page("basis"), basis).status_code == 409
    chosen = {"edition": 1, "findings": ["T-01/city/0", "T-01/county/1"]}
    assert client.post(page("findings"), chosen).status_code == 302
    assert client.post(page("findings"), {"edition": 2}).status_code == 422
    told = client.get(page("goals")).content.decode()
    assert "临河县存在安全隐患的住宅：目标" in told
    goals = {"edition": 2, "goal-0": "清零", "by-0": "2028", "goal-1": "清零", "drop-1": "on"}
    assert client.post(page("goals"), goals).status_code == 302
    texts = {"edition": 3, "title": plan.title, "direction": "方向", "strategy": "策略"}
    assert client.post(page("texts"), texts).status_code == 302
    drawn = json.dumps(json.loads(shapely.to_geojson(shapely.box(116, 36, 116.1, 36.1))))
    area = {"edition": 4, "name": "老城", "direction": "补短板", "drawn": drawn}
    assert client.post(page("area-add"), {**area, "drawn": "{"}).status_code == 422
    assert client.post(page("area-add"), {**area, "drawn": "{}"}).status_code == 422
    assert client.post(page("area-add"), area).status_code == 302
    kept = KeyArea.objects.get()
    assert (kept.name, kept.west) == ("老城", 116)
    assert client.post(page("area", kept.pk), {**area, "edition": 5, "name": "老城区"}).status_code == 302
    assert client.post(page("area-remove", kept.pk), {"edition": 5}).status_code == 302
    assert KeyArea.objects.exists()
    client.post(page("area-remove", kept.pk), {"edition": 6})
    assert not KeyArea.objects.exists()
    opened = client.post(page("open"))
    assert opened["Location"] == reverse("casework:case", args=[Case.objects.get().pk])
    held = SpecialPlan.objects.get()
    assert [goal["goal"] for goal in held.goals] == ["清零"]
    assert "正在审批" in client.get(reverse("planning:special-plan", args=[plan.pk])).content.decode()


def test_a_version_is_begun_and_compared_from_its_page(plan, acting, client_as):
    adopted(plan, acting)
    client = client_as(OFFICE, "officer")
    answer = client.post(reverse("planning:special-plan-renew", args=[plan.pk]))
    second = SpecialPlan.objects.get(version=2)
    assert answer["Location"] == reverse("planning:special-plan", args=[second.pk])
    told = client.get(reverse("planning:special-plan-comparison", args=[second.pk, plan.pk])).content.decode()
    assert "0 部分有改动，0 个地块换了单元" in told
    again = client.post(reverse("planning:special-plan-renew", args=[plan.pk]), follow=True).content.decode()
    assert "只能从定稿的最新一版新建版本" in again


def test_a_unit_is_shown_with_figures_place_and_cases(plan, officer, acting, client_as):
    unit = a_unit(plan)
    a_record("master", west=116)
    client = client_as(OFFICE, "officer")
    told = client.get(reverse("planning:unit", args=[unit.pk])).content.decode()
    assert "36.5" in told
    assert "缺数据" in told
    assert "体检问题（按类型）" in told
    assert "25.0%" in told
    assert "系统叠图只供参考" in told
    assert "50.0" in told
    assert client.get(reverse("planning:units-data")).json()["features"] == []
    adopted(plan, acting)
    features = client.get(reverse("planning:units-data")).json()["features"]
    assert [item["properties"]["number"] for item in features] == ["LH-01"]
    assert client_as("市城市更新专家委员会", "expert").get(reverse("planning:units-data")).status_code == 404
