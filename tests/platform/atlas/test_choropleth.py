"""The map draws the stored values of a check-up, classed as documents class them; missing is not zero."""

from __future__ import annotations

import numpy as np
import pytest
from django.urls import reverse

from huancheng.platform.atlas.queries.choropleth import choropleth_of, kinds_of
from huancheng.platform.checkups.models import IndicatorValue
from huancheng.report.drawing.classes import classify
from huancheng.report.numerals import format_number
from tests.platform.atlas.little import STREETS, as_json

pytestmark = pytest.mark.django_db
CLERK = ("临河县城市更新工作专班", "clerk")


def test_known_zero_and_missing_are_three_things(run):
    areas = {area["name"]: area for area in choropleth_of(run, "T-01", "street").areas}
    known, zero, missing = (areas[name] for name in STREETS)
    assert (known["class"], known["words"]) == (0, "12")
    assert (zero["class"], zero["words"]) == (-1, "0")
    assert (missing["class"], missing["words"]) == (-2, "")


def test_every_area_stands_in_the_class_documents_give_it(run):
    amounts = [3.0, 17.0, 40.0, 41.0, 95.0, 210.0, 800.0]
    IndicatorValue.objects.filter(run=run, scope_kind="street").delete()
    row = IndicatorValue.objects.get(run=run, indicator="T-01", scope_kind="city")
    for place, amount in enumerate(amounts):
        row.pk, row.scope_kind, row.scope_id, row.amount, row.position = None, "street", f"S{place}", amount, 10 + place
        row.save()
    found = choropleth_of(run, "T-01", "street")
    classes = classify(np.array(amounts))
    assert [area["class"] for area in found.areas] == classes.index(np.array(amounts)).tolist()
    assert [area["words"] for area in found.areas] == [format_number(amount, "栋") for amount in amounts]
    assert [item["words"] for item in found.classes] == classes.labels("栋")
    assert len(found.classes) == 5


def test_areas_bear_the_numbers_of_the_divisions_in_the_tiles(run):
    assert [area["id"] for area in choropleth_of(run, "T-01", "street").areas] == ["DI0", "DI1", "DI2"]


def test_where_all_is_zero_there_are_no_classes(run):
    IndicatorValue.objects.filter(run=run, scope_kind="street").update(amount=0.0, state="known")
    assert choropleth_of(run, "T-01", "street").classes == []


def test_only_kinds_with_a_value_are_offered(run):
    assert kinds_of(run) == {"T-01": ["street"]}


def test_the_map_is_told_title_and_unit(client_as, run):
    address = reverse("atlas:choropleth", args=[run.pk])
    answer = as_json(client_as(*CLERK).get(address, {"indicator": "T-01", "kind": "street"}))
    assert (answer["title"], answer["unit"]) == ("存在隐患的住宅数量", "栋")


@pytest.mark.parametrize(
    ("asked", "status"),
    [({"indicator": "T-01", "kind": "community"}, 404), ({"indicator": "X", "kind": "street"}, 404),
     ({"indicator": "T-01", "kind": "city"}, 400), ({}, 400)],
)  # fmt: skip
def test_what_there_is_not_is_said(client_as, run, asked, status):
    assert client_as(*CLERK).get(reverse("atlas:choropleth", args=[run.pk]), asked).status_code == status


def test_problems_of_one_indicator_come_with_all_their_places(client_as, run):
    address = reverse("atlas:problems", args=[run.pk])
    client = client_as(*CLERK)
    whole = as_json(client.get(address))["features"]
    one = as_json(client.get(address, {"indicator": "T-01"}))["features"]
    assert [item["geometry"]["type"] for item in whole] == ["Point"], "the city's own line has no place of its own"
    assert [item["geometry"]["type"] for item in one] == ["MultiPoint"]
    assert whole[0]["geometry"]["coordinates"] in one[0]["geometry"]["coordinates"]
