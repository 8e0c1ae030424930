"""What lies outside a person's sight is never on their map: other counties' cases, internal and classified layers."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import shapely
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.models import Subject, Task
from huancheng.platform.common import clock
from tests.platform.atlas.little import as_json

pytestmark = pytest.mark.django_db
LINHE, PINGYE = ("临河县指定的编制部门", "compiler"), ("平野县指定的编制部门", "compiler")
EXPERT, STAFF = ("市城市更新专家委员会", "expert"), ("实施主体", "entity_staff")
EVERYWHERE = "?box=116,36,118,38"


@pytest.fixture
def place(acting):
    """Return a function that opens a case in a county whose ground lies at a longitude of its own."""

    def make(jurisdiction: str, body: str, key: str, west: float | None):
        shape = shapely.box(west, 36.4, west + 0.01, 36.41) if west else None
        bounds = dict(zip(("west", "south", "east", "north"), shape.bounds, strict=True)) if shape else {}
        subject = Subject.objects.create(
            kind="unit", key=key, title=f"{key}号单元", jurisdiction=jurisdiction,
            geometry=shapely.to_wkb(shape) if shape else None, **bounds,
        )  # fmt: skip
        return open_case("unit_plan", subject, acting(body, "compiler")).case

    return make


@pytest.fixture
def cases(place):
    return {
        "linhe": place("linhe", LINHE[0], "L1", 117.123),
        "pingye": place("pingye", PINGYE[0], "P1", 117.456),
        "nowhere": place("linhe", LINHE[0], "L2", None),
    }


def test_a_county_gets_the_ground_of_its_own_cases_only(client_as, cases):
    text = client_as(*LINHE).get(reverse("atlas:cases")).content.decode()
    assert cases["linhe"].number in text
    assert "117.12" in text
    for leak in (cases["pingye"].number, "P1号单元", "117.45"):
        assert leak not in text


def test_the_city_office_gets_all_and_an_expert_none(client_as, cases):
    of_office = as_json(client_as("市专班办公室", "officer").get(reverse("atlas:cases")))
    assert {item["properties"]["id"] for item in of_office["features"]} == {cases["linhe"].pk, cases["pingye"].pk}
    assert as_json(client_as(*EXPERT).get(reverse("atlas:cases")))["features"] == []


def test_a_case_without_a_place_is_counted(client_as, cases):
    assert as_json(client_as(*LINHE).get(reverse("atlas:cases")))["placeless"] == 1


def test_an_area_comes_with_a_point_to_stand_on_inside_it(client_as, cases):
    features = as_json(client_as(*LINHE).get(reverse("atlas:cases")))["features"]
    point, area = (shapely.from_geojson(json.dumps(item["geometry"])) for item in features)
    assert (area.geom_type, point.geom_type) == ("Polygon", "Point")
    assert area.contains(point)
    said, which = (item["properties"] for item in features)
    assert which == {name: said[name] for name in ("id", "title", "notice")}
    assert (said["light"], said["light_word"]) == ("none", "")
    assert {"number", "instrument", "jurisdiction", "subject", "status"} < said.keys()


def test_a_case_shows_the_worst_light_of_what_waits_and_whether_its_notice_hangs(client_as, cases):
    case, today = cases["linhe"], clock.today()
    for step, kind, due in (("late", "review", today - timedelta(1)), ("notice", "notice", today + timedelta(9))):
        Task.objects.create(case=case, step=step, kind=kind, body=case.opened_by, ready_on=today, due_on=due)
    features = as_json(client_as(*LINHE).get(reverse("atlas:cases")))["features"]
    assert [item["properties"]["notice"] for item in features] == [True, True]
    assert features[0]["properties"]["light"] == "red"
    assert features[0]["properties"]["light_word"] == "已逾期"


def test_an_area_is_drawn_once_however_many_cases_are_about_it_and_for_the_one_under_notice(client_as, cases, acting):
    first = cases["linhe"]
    twin = open_case("unit_plan_change", first.subject, acting(*LINHE)).case
    today = clock.today()
    Task.objects.create(case=twin, step="notice", kind="notice", body=twin.opened_by, ready_on=today, due_on=today)
    features = as_json(client_as(*LINHE).get(reverse("atlas:cases")))["features"]
    points = [item for item in features if item["geometry"]["type"] == "Point"]
    (area,) = (item for item in features if item["geometry"]["type"] == "Polygon")
    assert {item["properties"]["id"] for item in points} == {first.pk, twin.pk}
    assert area["properties"] == {"id": twin.pk, "title": twin.title, "notice": True}


@pytest.mark.parametrize("kind", ["city", "jurisdiction"])
def test_a_whole_city_or_county_is_no_area_of_a_case_for_it_would_hide_the_map(client_as, cases, kind):
    Subject.objects.filter(pk=cases["linhe"].subject_id).update(kind=kind)
    features = as_json(client_as(*LINHE).get(reverse("atlas:cases")))["features"]
    assert [item["geometry"]["type"] for item in features] == ["Point"]


def test_the_queries_do_not_grow_with_the_cases(client_as, place, django_assert_num_queries):
    client = client_as(*LINHE)
    place("linhe", LINHE[0], "L1", 117.1)
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("atlas:cases"))
    for key in ("L2", "L3"):
        place("linhe", LINHE[0], key, 117.2)
    with django_assert_num_queries(len(one)):
        client.get(reverse("atlas:cases"))


def test_another_countys_case_is_not_there(client_as, cases):
    assert client_as(*LINHE).get(reverse("atlas:case", args=[cases["linhe"].pk])).status_code == 200
    assert client_as(*LINHE).get(reverse("atlas:case", args=[cases["pingye"].pk])).status_code == 404


def test_searching_finds_no_case_of_another_county(client_as, cases, snapshot):
    found = client_as(*LINHE).get(reverse("atlas:search", args=[snapshot.pk]), {"q": "单元"}).content.decode()
    assert "L1号单元" in found
    assert "P1号单元" not in found
    assert "L2号单元" not in found, "it has no place to go to"


@pytest.mark.parametrize("who", [LINHE, ("市专班办公室", "officer"), ("市专班办公室", "administrator"), STAFF])
def test_classified_layers_are_served_to_nobody(client_as, snapshot, who):
    client = client_as(*who)
    assert snapshot.layers["pipes"]["count"] == 1, "there is something that could leak"
    assert client.get(reverse("atlas:layer", args=[snapshot.pk, "pipes"]) + EVERYWHERE).status_code == 404
    assert client.get(reverse("atlas:feature", args=[snapshot.pk, "pipes", "PI0"])).status_code == 404


def test_internal_layers_are_for_those_inside_the_administration(client_as, snapshot):
    address = reverse("atlas:layer", args=[snapshot.pk, "flood_records"]) + EVERYWHERE
    assert "内部桥洞" in client_as(*LINHE).get(address).content.decode()
    for outsider in (EXPERT, STAFF):
        answer = client_as(*outsider).get(address)
        assert answer.status_code == 404
        assert "内部桥洞" not in answer.content.decode()


def test_an_internal_layer_is_handed_out_by_the_box(client_as, snapshot):
    elsewhere = reverse("atlas:layer", args=[snapshot.pk, "flood_records"]) + "?box=1,1,2,2"
    assert as_json(client_as(*LINHE).get(elsewhere))["features"] == []


@pytest.mark.parametrize("box", ["", "1,2,3", "a,b,c,d", "nan,0,1,1", "inf,0,1,1"])
def test_a_box_that_is_none_is_refused(client_as, snapshot, box):
    address = reverse("atlas:layer", args=[snapshot.pk, "flood_records"])
    assert client_as(*LINHE).get(address, {"box": box}).status_code == 400


def test_more_than_a_map_can_show_is_counted_instead(client_as, snapshot, monkeypatch):
    monkeypatch.setattr("huancheng.platform.atlas.queries.internal.MOST", 0)
    address = reverse("atlas:layer", args=[snapshot.pk, "flood_records"]) + EVERYWHERE
    assert as_json(client_as(*LINHE).get(address)) == {"type": "FeatureCollection", "features": [], "too_many": 1}


def test_outsiders_are_told_of_no_check_up(client_as, snapshot, run):
    inside, outside = (client_as(*who).get(reverse("atlas:map")).context["frame_of_map"] for who in (LINHE, STAFF))
    assert [item["title"] for item in inside["runs"]] == ["小城指标体系"]
    assert outside["runs"] == []


def test_layers_one_may_not_have_are_named_and_not_offered(client_as, snapshot):
    page = client_as(*STAFF).get(reverse("atlas:map")).content.decode()
    assert "积涝记录" in page
    assert 'data-layer="flood_records"' not in page
    assert 'data-layer="pipes"' not in client_as(*LINHE).get(reverse("atlas:map")).content.decode()
