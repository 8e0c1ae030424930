"""A case carries a unit plan to its approval and filing; where the regulatory plan must change first, it waits."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.informing import meet_precondition
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.stepping import complete
from huancheng.platform.casework.models import Case, Part
from huancheng.platform.planning.domain.unit_plan_cases import (
    follow_unit_case,
    lacking,
    open_change_case,
    open_unit_plan_case,
    waits_for_change,
)
from huancheng.platform.planning.domain.unit_plans import begin_unit_plan, fill_in
from huancheng.platform.planning.models import PlanRecord, SpecialPlan, UnitPlan
from huancheng.platform.planning.queries.unit_plan_page import standing_of_unit_plan
from tests.platform.casework.procedures.conftest import step_into
from tests.platform.casework.walking import Walk
from tests.platform.planning.making import BUREAU, COMPUTED, OFFICE, a_computed_plan, a_plan, a_unit

pytestmark = pytest.mark.django_db

AGREES = {"needed": False, "reason": "与控制性详细规划一致，无须调整"}
COMPILER = ("临河县指定的编制部门", "compiler")


@pytest.fixture
def officer(acting):
    return acting(OFFICE, "officer")


@pytest.fixture
def plan(officer):
    """The computed plan of a county's unit, all five parts complete, in agreement with the regulatory plan."""
    return made(officer, "linhe", regulatory_change=AGREES)


def made(officer, jurisdiction, **changes) -> UnitPlan:
    unit = a_unit(a_plan(officer, jurisdiction))
    SpecialPlan.objects.update(state="adopted")
    return a_computed_plan(unit, **changes)


def latest(plan: UnitPlan) -> UnitPlan:
    rows = UnitPlan.objects.select_related("unit__subject", "unit__plan", "case", "change_case", "job")
    return rows.get(pk=plan.pk)


def opened(plan, officer, acting) -> Walk:
    """Open the plan's case, with its preconditions met on paper."""
    walk = Walk(open_unit_plan_case(plan.pk, officer).case.pk, acting)
    for item in walk.standing.plan.preconditions:
        meet_precondition(walk.pk, item.id, officer, paper="示政字〔2026〕1号")
    return walk


@pytest.mark.requirement("5.3-6", "5.3-7", "5.3-8", "5.3-9", "5.3-10")
@pytest.mark.parametrize(
    ("jurisdiction", "route", "filing"),
    [("linhe", "unit-plan-other", "file"), ("wangyue", "unit-plan-central", "notify")],
)
def test_the_case_of_its_place_makes_the_version_the_one_in_force_and_leaves_both_numbers(
    officer, acting, jurisdiction, route, filing
):
    plan = made(officer, jurisdiction, regulatory_change=AGREES)
    walk = opened(plan, officer, acting)
    assert (walk.case.route, latest(plan).case_id) == (route, walk.pk)
    step_into(walk.pk, filing)
    follow_unit_case(walk.pk)
    done = latest(plan)
    assert (done.state, bool(done.number), done.filed_number) == ("adopted", True, "")
    record = PlanRecord.objects.get(kind="unit")
    assert (record.state, record.number, record.jurisdiction) == ("approved", done.number, jurisdiction)
    assert record.geometry == plan.unit.geometry
    complete(walk.pk, filing, walk.officer_of(filing), paper="备〔2026〕1号")
    follow_unit_case(walk.pk)
    assert latest(plan).filed_number == "备〔2026〕1号"
    headline = standing_of_unit_plan(latest(plan), officer).headline
    assert done.number in headline
    assert "备案号 备〔2026〕1号" in headline
    with pytest.raises(NotAllowed, match="已定稿"):
        fill_in(plan.pk, officer, expected=done.edition)


def test_a_later_version_goes_through_the_change_and_replaces_the_first(plan, officer, acting):
    first = opened(plan, officer, acting)
    step_into(first.pk, "file")
    follow_unit_case(first.pk)
    second = begin_unit_plan(plan.unit_id, officer)
    case = open_unit_plan_case(second.pk, officer).case
    assert case.instrument == "unit_plan_change"
    step_into(case.pk, "file")
    follow_unit_case(case.pk)
    assert [latest(row).state for row in (plan, second)] == ["replaced", "adopted"]
    assert PlanRecord.objects.filter(kind="unit").count() == 1
    assert "替代" in standing_of_unit_plan(latest(plan), officer).headline


@pytest.mark.requirement("5.3-3")
def test_it_is_handed_in_only_with_all_five_parts(officer, acting):
    parts = [{"title": "发展定位", "complete": False, "lacking": "发展定位未填"}]
    plan = made(officer, "linhe", parts=parts, regulatory_change=AGREES)
    walk = opened(plan, officer, acting)
    walk.until("compile")
    with pytest.raises(InputFault, match="发展定位（发展定位未填）") as caught:
        walk.carry_out("compile")
    assert caught.value.cure
    UnitPlan.objects.update(computed={**COMPUTED, "regulatory_change": AGREES}, edition=1)
    assert lacking(latest(plan)) == ["最新填报内容的测算"]
    with pytest.raises(InputFault, match="测算"):
        walk.carry_out("compile")
    UnitPlan.objects.update(computed_edition=1)
    walk.carry_out("compile")
    assert not standing_of_unit_plan(latest(plan), officer).writes
    with pytest.raises(NotAllowed, match="正在审批"):
        fill_in(plan.pk, officer, expected=1)


def test_the_case_offers_what_the_plan_says_as_its_contents(plan, officer, acting, client_as):
    walk = opened(plan, officer, acting)
    walk.until("compile")
    client = client_as(*COMPILER)
    url = reverse("casework:contents", args=[walk.pk])
    page = client.get(url)
    assert "由规划内容带出，保存后生效" in page.content.decode()
    client.post(url, {f"text-{part.place}": part.text for part, _text, _fault in page.context["rows"]})
    assert Part.objects.get(name="单元发展定位").text.startswith("完整社区")


def test_a_case_opened_elsewhere_is_bound_and_no_second_is_opened(plan, officer, acting, unit):
    case = open_case("unit_plan", plan.unit.subject, officer).case
    assert follow_unit_case(case.pk).pk == plan.pk
    assert latest(plan).case_id == case.pk
    with pytest.raises(InputFault, match="已发起"):
        open_unit_plan_case(plan.pk, officer)
    with pytest.raises(NotAllowed):
        open_unit_plan_case(plan.pk, acting("平野县指定的编制部门", "compiler"))
    assert follow_unit_case(open_case("unit_plan", unit(), officer).case.pk) is None
    UnitPlan.objects.update(state="adopted")
    with pytest.raises(InputFault, match="已定稿"):
        open_unit_plan_case(plan.pk, officer)


@pytest.mark.requirement("5.3-11")
def test_where_the_regulatory_plan_must_change_the_approval_waits_for_that_case(officer, acting):
    plan = made(officer, "wangyue")
    walk = opened(plan, officer, acting)
    change = open_change_case(plan.pk, officer).case
    held = latest(plan)
    assert (change.instrument, held.change_case_id, change.subject) == (
        "regulatory_plan_change", change.pk, held.unit.subject
    )  # fmt: skip
    assert waits_for_change(held)
    with pytest.raises(InputFault, match="已发起"):
        open_change_case(plan.pk, officer)
    walk.until("approve")
    with pytest.raises(InputFault, match="调整尚未获批"):
        walk.carry_out("approve")
    Case.objects.filter(pk=change.pk).update(approved=True)
    assert not waits_for_change(latest(plan))
    walk.carry_out("approve")
    follow_unit_case(walk.pk)
    assert latest(plan).state == "adopted"


@pytest.mark.requirement("5.3-11")
def test_a_refusal_does_not_wait_for_the_change(officer, acting):
    walk = opened(made(officer, "wangyue"), officer, acting)
    walk.until("approve")
    walk.carry_out("approve", passed=False)
    assert walk.case.status == "refused"


@pytest.mark.requirement("5.3-11")
def test_a_change_opened_elsewhere_is_linked_and_one_that_nobody_needs_is_not(officer, acting, plan):
    with pytest.raises(InputFault, match="没有涉及"):
        open_change_case(plan.pk, officer)
    case = open_case("regulatory_plan_change", plan.unit.subject, officer).case
    assert follow_unit_case(case.pk) is None
    UnitPlan.objects.update(computed=COMPUTED)
    with pytest.raises(NotAllowed):
        open_change_case(plan.pk, acting(*COMPILER))
    assert follow_unit_case(case.pk).change_case_id == case.pk
    assert follow_unit_case(case.pk) is None
    codes = set(Event.objects.filter(stream=plan.stream).values_list("code", flat=True))
    assert codes == {"unit_plan.change_case"}


def test_the_pages_offer_the_cases_to_those_who_may_open_them(officer, client_as):
    plan = made(officer, "wangyue")
    page = reverse("planning:unit-plan-agreement", args=[plan.pk])
    bureau = client_as(BUREAU, "compiler")
    told = bureau.get(page).content.decode()
    assert "发起控规调整案卷</button>" in told
    assert "控规调整获批前，单元规划不能批准" in told
    assert "发起控规调整案卷</button>" not in client_as(OFFICE, "auditor").get(page).content.decode()
    answer = bureau.post(reverse("planning:unit-plan-change", args=[plan.pk]))
    change = Case.objects.get(instrument="regulatory_plan_change")
    assert answer["Location"] == reverse("casework:case", args=[change.pk])
    assert change.number in bureau.get(page).content.decode()
    again = bureau.post(reverse("planning:unit-plan-change", args=[plan.pk]), follow=True).content.decode()
    assert "控规调整的案卷已发起" in again
    client = client_as(OFFICE, "officer")
    first = reverse("planning:unit-plan", args=[plan.pk])
    told = client.get(first).content.decode()
    assert "突破底线 1 处" in told
    assert "发起底线例外论证" in told
    opened_one = client.post(reverse("planning:unit-plan-open", args=[plan.pk]))
    case = Case.objects.get(instrument="unit_plan")
    assert opened_one["Location"] == reverse("casework:case", args=[case.pk])
    assert case.number in client.get(first).content.decode()
    listed = client.get(reverse("planning:unit", args=[plan.unit_id])).content.decode()
    assert case.number in listed
    assert change.number in listed


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    "name", ["unit-plan", "unit-plan-land", "unit-plan-facilities", "unit-plan-money", "unit-plan-sequence",
             "unit-plan-agreement", "unit-plan-versions", "unit"],
)  # fmt: skip
def test_pages_ask_the_same_number_of_queries_however_much_there_is(
    client_as, officer, django_assert_max_num_queries, name, rows
):
    plan = made(officer, "linhe")
    filled = {key: [*value] * rows if isinstance(value, list) else value for key, value in plan.filled.items()}
    computed = {key: [*value] * rows if isinstance(value, list) else value for key, value in plan.computed.items()}
    UnitPlan.objects.update(filled=filled, computed=computed, state="adopted")
    for version in range(2, rows + 1):
        UnitPlan.objects.create(unit=plan.unit, version=version, state="adopted")
        open_case("unit_plan", plan.unit.subject, officer)
    client = client_as(OFFICE, "auditor")
    page = reverse(f"planning:{name}", args=[plan.unit_id if name == "unit" else plan.pk])
    client.get(page)
    with django_assert_max_num_queries(22):
        assert client.get(page).status_code == 200
