"""Fragments of land: planted in vacant plots, within the margins the contract names, and no ground lost."""

from __future__ import annotations

import pytest
import shapely

AREAS = {"corner": 480.0, "enclosed": 576.0, "interlocked": 600.0}


@pytest.mark.parametrize("kind", list(AREAS))
def test_each_kind_lies_beside_its_project_with_the_area_it_says(city, kind):
    parcels = city.layer("parcels").set_index("id").geometry
    truth = city.truth["fragments"]
    assert truth[kind]
    for parcel in truth[kind]:
        assert parcels[parcel].area == pytest.approx(AREAS[kind], abs=1.0)
        assert parcels[truth["beside"][parcel]].distance(parcels[parcel]) == pytest.approx(0.0, abs=1e-6)


def test_every_parcel_is_a_project_a_fragment_or_clear(city):
    truth = city.truth["fragments"]
    named = [parcel for key in ("projects", "clear", *AREAS) for parcel in truth[key]]
    assert sorted(named) == sorted(city.layer("parcels")["id"])


def test_parcels_do_not_overlap(city):
    shapes = city.layer("parcels").geometry.to_numpy()
    assert shapely.area(shapely.union_all(shapes)) == pytest.approx(shapely.area(shapes).sum(), rel=1e-6)
