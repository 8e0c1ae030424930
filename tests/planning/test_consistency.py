"""Agreement with upper plans: conflicts listed with their area, thin ones tolerated, the bureau's word above ours."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pytest
import shapely

from huancheng.planning.consistency import Agreement, compare
from huancheng.planning.plan_register import BureauOpinion, PlanRecord
from huancheng.planning.unit_plan.regulatory import regulatory_change
from tests.planning.street_town import CRS

PLAN = PlanRecord(id="k", title="西片控规", kind="regulatory", state="approved", number="n")
UNIT = shapely.box(0, 0, 100, 100)


def parcels(**columns):
    return gpd.GeoDataFrame({"id": ["P"], **{k: [v] for k, v in columns.items()}}, geometry=[UNIT], crs=CRS)


def layer(shape=UNIT, **columns):
    return gpd.GeoDataFrame({k: [v] for k, v in columns.items()}, geometry=[shape], crs=CRS)


def opinion(conclusion):
    return BureauOpinion(subject="W", plan="k", conclusion=conclusion, number="函1", given_on=date(2026, 1, 1))


@pytest.mark.requirement("5.3-2")
def test_conflicts_are_listed_with_their_area():
    found = compare(
        UNIT,
        parcels(use="commercial", far=2.0, height=30.0),
        PLAN,
        layer(use="residential", far_max=1.5, height_max=30.0),
    )
    assert found.overlay is Agreement.CONFLICTS
    assert {(one.aspect, one.area) for one in found.differences} == {("用地性质", 10_000), ("容积率", 10_000)}
    assert [one.allowed for one in found.differences if one.aspect == "容积率"] == ["不大于 1.5"]


def test_several_uses_may_be_allowed():
    found = compare(UNIT, parcels(use="commercial"), PLAN, layer(use="residential,commercial"))
    assert found.overlay is Agreement.CONFORMS


def test_a_sliver_no_wider_than_lines_differ_is_listed_and_no_conflict():
    found = compare(UNIT, None, PLAN, layer(shapely.box(0, 0, 98.5, 100)))
    assert found.overlay is Agreement.CONFORMS
    (sliver,) = found.differences
    assert (sliver.aspect, sliver.area, sliver.within_tolerance) == ("规划覆盖", 150, True)


def test_ground_outside_the_plan_is_a_conflict():
    found = compare(UNIT, None, PLAN, layer(shapely.box(0, 0, 60, 100)))
    assert found.overlay is Agreement.CONFLICTS
    assert found.differences[0].area == 4000


def test_without_a_layer_or_the_parcels_shapes_nothing_is_passed():
    assert compare(UNIT, None, PLAN, None).overlay is Agreement.NEEDS_DATA
    found = compare(UNIT, None, PLAN, layer(far_max=1.5))
    assert found.overlay is Agreement.NEEDS_DATA
    assert "没有规划地块的图形" in found.note


def test_the_bureaus_opinion_outranks_the_overlay_and_the_difference_is_told():
    found = compare(UNIT, parcels(far=2.0), PLAN, layer(far_max=1.5), opinion=opinion("conforms"))
    assert (found.overlay, found.verdict) == (Agreement.CONFLICTS, Agreement.CONFORMS)
    assert found.disagrees
    assert not compare(UNIT, None, PLAN, None, opinion=opinion("conflicts")).disagrees


def test_a_regulatory_change_is_needed_where_the_plan_conflicts():
    conflict = compare(UNIT, parcels(far=2.0), PLAN, layer(far_max=1.5))
    change = regulatory_change([conflict])
    assert change.needed is True
    assert [item.aspect for item in change.items] == ["容积率"]


@pytest.mark.parametrize(
    ("agreements", "needed"),
    [
        ([], None),
        ([compare(UNIT, None, PLAN, None)], None),
        ([compare(UNIT, parcels(far=1.0), PLAN, layer(far_max=1.5))], False),
        ([compare(UNIT, parcels(far=2.0), PLAN, layer(far_max=1.5), opinion=opinion("conforms"))], False),
        ([compare(UNIT, parcels(far=2.0), PLAN, layer(far_max=1.5), opinion=opinion("conditional"))], None),
    ],
)
def test_where_it_cannot_be_told_whether_a_change_is_needed_nothing_is_claimed(agreements, needed):
    assert regulatory_change(agreements).needed is needed


def test_the_words_of_an_agreement():
    assert [item.label for item in Agreement] == ["符合", "有条件符合", "不符合", "资料不足"]
