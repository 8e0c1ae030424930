"""Cases are opened early in their route or by the office, with numbers that never clash."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huancheng.evidence import InputFault
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.opening import next_number, open_case
from huancheng.platform.casework.models import Case, NumberSeries
from huancheng.platform.common import clock
from tests.platform.casework.walking import OFFICE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("body", "role", "may"),
    [
        ("临河县指定的编制部门", "compiler", True),
        ("临河县人民政府", "compiler", True),
        ("临河县城市更新工作专班", "compiler", True),
        (OFFICE, "officer", True),
        ("临河县指定的编制部门", "reviewer", False),
        ("临河县指定的编制部门", "clerk", False),
        ("市城市更新工作专班", "compiler", False),
        ("平野县指定的编制部门", "compiler", False),
        ("平野县人民政府", "compiler", False),
    ],
)
def test_who_opens_a_countys_unit_plan(body, role, may, acting, unit):
    if may:
        case = open_case("unit_plan", unit(), acting(body, role)).case
        assert (case.opened_by.name, case.initiator) == (body, acting(body, role).person)
    else:
        with pytest.raises(NotAllowed, match="不能发起"):
            open_case("unit_plan", unit(), acting(body, role))
        assert not Case.objects.exists()
        assert not NumberSeries.objects.exists()


def test_an_applicants_paper_is_taken_by_the_body_that_receives_it(acting, unit):
    house = unit(kind="household", key="H1")
    assert open_case("unregistered_house_case", house, acting("临河县城市更新工作专班", "compiler")).case.pk


def test_numbers_count_on_past_ten_thousand(db):
    NumberSeries.objects.create(prefix="2026-UP-", last=9999)
    assert [next_number("unit_plan", date(2026, 1, 1)) for _ in range(2)] == ["2026-UP-10000", "2026-UP-10001"]
    assert next_number("unit_plan", date(2027, 1, 1)) == "2027-UP-0001"


def test_no_case_is_opened_for_tomorrow_or_under_facts_that_leave_the_route_open(acting, unit):
    officer = acting(OFFICE, "officer")
    with pytest.raises(InputFault, match="不能晚于今天"):
        open_case("unit_plan", unit(), officer, day=clock.today() + timedelta(days=1))
    with pytest.raises(InputFault):
        open_case("unit_plan", unit("atlantis", "U9"), officer)
    assert not Case.objects.exists()


def test_a_case_of_the_whole_city_is_not_shown_to_the_county_it_is_booked_under(acting, unit):
    case = open_case("checkup_report", unit("wangyue", "city", "city"), acting(OFFICE, "officer")).case
    assert not case.sights.filter(body__name="望岳区人民政府").exists()
