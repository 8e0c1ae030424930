"""Outlines from a snapshot: versions with days, nothing lost."""

from __future__ import annotations

from datetime import date

import geopandas as gpd
import pytest
import shapely

from huancheng.platform.bodies.domain.territory import territory_from_snapshot
from huancheng.platform.bodies.models import Division, ManagedArea

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2026, 1, 1), date(2026, 7, 1)


class Layers:
    """A snapshot of two layers, as territory asks it."""

    def __init__(self, reach: float = 1000.0, name: str = "一号街道", zone: float = 200.0) -> None:
        square = shapely.box(500_000, 4_000_000, 500_000 + reach, 4_001_000)
        self.layers = {
            "divisions": gpd.GeoDataFrame(
                {
                    "id": ["S1", "D01"], "code": ["990001001", "990001"], "name": [name, "望岳区"],
                    "level": ["street", "county"], "parent_id": ["D01", None],
                },
                geometry=[square, square], crs="EPSG:4549",
            ),
            "managed_areas": gpd.GeoDataFrame(
                {
                    "id": ["M1", "M2", "M3"], "name": ["示例经济技术开发区", "示例经济技术开发区", "别处的区"],
                    "effective_from": ["2016-07-01", "1998-09-01", None], "effective_to": [None, "2016-06-30", None],
                },
                geometry=[square.buffer(-zone), square.buffer(-zone - 100), square], crs="EPSG:4549",
            ),
        }  # fmt: skip

    def has(self, name: str) -> bool:
        return name in self.layers

    def layer(self, name: str) -> gpd.GeoDataFrame:
        return self.layers[name]


def test_outlines_are_filled_in_and_lower_divisions_hang_below():
    counts = territory_from_snapshot(Layers(), FIRST)  # type: ignore[arg-type]
    assert counts == {"new": 2, "changed": 2, "same": 0}
    street = Division.objects.get(key="S1")
    assert street.parent == Division.objects.get(key="wangyue")
    assert (street.level, street.code, street.valid_from) == ("street", "990001001", FIRST)
    west, south, east, north = shapely.from_wkb(bytes(street.geometry)).bounds
    assert 70 < west < east < 140
    assert 3 < south < north < 54


def test_a_managed_area_keeps_each_of_its_extents_with_its_days():
    territory_from_snapshot(Layers(), FIRST)  # type: ignore[arg-type]
    extents = ManagedArea.objects.filter(key="example_economic_zone").order_by("valid_from")
    assert [(str(item.valid_from), str(item.valid_until)) for item in extents] == [
        ("1998-09-01", "2016-06-30"), ("2016-07-01", "None"),
    ]  # fmt: skip
    assert all([division.name for division in item.inside.all()] == ["望岳区"] for item in extents)
    assert len({item.body_id for item in extents}) == 1
    assert not ManagedArea.objects.filter(name="别处的区").exists()


def test_the_same_again_changes_nothing():
    territory_from_snapshot(Layers(), FIRST)  # type: ignore[arg-type]
    before = list(Division.objects.values()), list(ManagedArea.objects.values())
    assert territory_from_snapshot(Layers(), LATER) == {"new": 0, "changed": 0, "same": 4}  # type: ignore[arg-type]
    assert (list(Division.objects.values()), list(ManagedArea.objects.values())) == before


def test_another_outline_or_name_begins_a_new_version_and_the_old_one_stays():
    territory_from_snapshot(Layers(), FIRST)  # type: ignore[arg-type]
    old = bytes(Division.objects.get(key="S1").geometry)
    territory_from_snapshot(Layers(reach=900.0, name="新街道", zone=150.0), LATER)  # type: ignore[arg-type]
    versions = list(Division.objects.filter(key="S1").order_by("id"))
    assert [(item.name, item.valid_from, item.valid_until) for item in versions] == [
        ("一号街道", FIRST, date(2026, 6, 30)), ("新街道", LATER, None),
    ]  # fmt: skip
    assert bytes(versions[0].geometry) == old
    assert Division.objects.filter(key="wangyue").order_by("-id")[0].jurisdiction == "wangyue"


def test_a_version_begun_today_is_corrected_in_place():
    territory_from_snapshot(Layers(), FIRST)  # type: ignore[arg-type]
    territory_from_snapshot(Layers(name="改正街道"), FIRST)  # type: ignore[arg-type]
    assert Division.objects.get(key="S1").name == "改正街道"


def test_a_snapshot_without_divisions_changes_nothing():
    empty = Layers()
    empty.layers = {}
    assert territory_from_snapshot(empty, FIRST) == {"new": 0, "changed": 0, "same": 0}  # type: ignore[arg-type]
