"""The demonstration's unit plans: one approved and filed on its computed figures, one written and waiting."""

from __future__ import annotations

import pytest

from huancheng.platform.demo.domain.cast import make_cast
from huancheng.platform.demo.domain.unit_plans import tell_unit_plans
from huancheng.platform.planning.models import RenewalUnit, UnitPlan
from tests.platform.planning.making import OFFICE
from tests.platform.planning.town import a_town_unit

pytestmark = pytest.mark.django_db


def test_one_is_filed_and_one_is_being_written(acting, book, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    cast, officer, said = make_cast(book), acting(OFFICE, "officer"), []
    a_town_unit(officer, "wangyue")
    tell_unit_plans(cast, officer, said.append)
    filed = UnitPlan.objects.get(state="adopted")
    assert all(part["complete"] for part in filed.computed["parts"])
    assert filed.computed["regulatory_change"]["needed"] is False
    assert (bool(filed.number), filed.case.approved) == (True, True)
    draft = UnitPlan.objects.get(state="draft")
    assert (draft.edition, draft.is_current, len(draft.filled["projects"])) == (1, True, 2)
    assert "breach" in {line["state"] for line in draft.computed["red_lines"]}


def test_without_units_there_are_no_plans(acting, book):
    said: list[str] = []
    tell_unit_plans(make_cast(book), acting(OFFICE, "officer"), said.append)
    assert said == ["unit plans: no units are in force"]


def test_without_its_city_the_rest_of_the_demonstration_goes_on(acting, book, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "snapshots"
    officer, said = acting(OFFICE, "officer"), []
    a_town_unit(officer, "wangyue")
    settings.SNAPSHOTS = tmp_path / "elsewhere"
    tell_unit_plans(make_cast(book), officer, said.append)
    assert "快照没有载入" in said[-1]
    assert RenewalUnit.objects.count() == 2
