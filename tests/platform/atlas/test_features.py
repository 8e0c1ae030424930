"""What is known of one feature, and how; what is not known is said."""

from __future__ import annotations

import pytest
from django.urls import reverse

from huancheng.city.schema import facility_catalogue
from huancheng.evidence import Provenance
from huancheng.platform.atlas.models import Place
from huancheng.platform.atlas.queries.features import find_feature
from huancheng.platform.atlas.queries.search import find_places

pytestmark = pytest.mark.django_db


def known(feature) -> dict[str, tuple[str, str, str]]:
    return {item.title: (item.words, item.unit, item.provenance) for item in feature.known}


def test_values_come_in_words_with_unit_and_provenance(snapshot):
    house = find_feature(snapshot, "buildings", "BU0")
    assert known(house) == {
        "名称": ("甲楼", "", "imputed"), "地上层数": ("6", "层", "imputed"), "建成年代": ("1990", "年", "imputed"),
    }  # fmt: skip
    assert house.source == "little.gpkg"


def test_what_is_missing_is_listed_and_not_zero(snapshot):
    house = find_feature(snapshot, "buildings", "BU15")
    assert "建成年代" not in known(house)
    assert "建成年代" in house.unknown


def test_codes_come_as_their_words(snapshot):
    school = find_feature(snapshot, "facilities", "FA0")
    assert known(school)["设施类别"][0] == facility_catalogue()["primary_school"].title
    assert known(find_feature(snapshot, "divisions", "DI0"))["级别"][0] == "街道、镇、乡"


def test_mixed_columns_tell_each_value_by_itself(city):
    house = find_feature(city, "buildings", "B000001")
    assert house is not None
    assert {item.provenance for item in house.known} <= {item.value for item in Provenance}


@pytest.mark.parametrize(
    ("layer", "feature"), [("buildings", "none"), ("nothing", "BU0"), ("water", "W0"), ("terrain", "x")]
)
def test_what_there_is_not_is_none(snapshot, layer, feature):
    assert find_feature(snapshot, layer, feature) is None


def test_the_panel_shows_it(client_as, snapshot):
    page = client_as("市专班办公室", "auditor").get(reverse("atlas:feature", args=[snapshot.pk, "buildings", "BU15"]))
    assert "甲楼" not in page.content.decode()
    for words in ("乙楼", "缺数据", "建成年代", "little.gpkg"):
        assert words in page.content.decode()


def test_a_name_is_found_by_two_characters_those_that_begin_with_them_first(snapshot):
    for name in ("新和平路", "和平", "和平南路"):
        Place.objects.create(snapshot=snapshot, layer="streets", feature=name, name=name, rank=3, west=0, south=0,
                             east=0, north=0)  # fmt: skip
    assert [place.name for place in find_places(snapshot, " 和平 ")] == ["和平", "和平里", "和平南路", "新和平路"]
    assert find_places(snapshot, "  ") == []
