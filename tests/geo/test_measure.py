from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from huancheng.geo import ellipsoidal_area, ellipsoidal_length, metric_crs_for

GEODESIC = Geod(ellps="GRS80")


def square(longitude, latitude, size, hole=0.0):
    shell = shapely.box(longitude - size, latitude - size, longitude + size, latitude + size)
    return shell.difference(square(longitude, latitude, hole)) if hole else shell


@settings(max_examples=40)
@given(st.floats(-179, 179), st.floats(-75, 75), st.floats(0.0001, 0.05), st.booleans())
def test_a_city_sized_area_is_the_geodesic_one(longitude, latitude, size, holed):
    polygon = shapely.orient_polygons(square(longitude, latitude, size, size / 3 if holed else 0.0))
    expected = abs(GEODESIC.geometry_area_perimeter(polygon)[0])
    assert ellipsoidal_area([polygon])[0] == pytest.approx(expected, rel=1e-6)


def test_a_wide_area_is_measured_along_geodesics():
    polygons = [square(100, 30, 4, 1), square(110, 40, 2), None, shapely.Point(1, 2)]
    areas = ellipsoidal_area(polygons)
    expected = [abs(GEODESIC.geometry_area_perimeter(shapely.orient_polygons(item))[0]) for item in polygons[:2]]
    assert areas[:2] == pytest.approx(expected, rel=1e-12)
    assert np.isnan(areas[2])
    assert areas[3] == 0


def test_parts_add_up():
    first, second = square(116, 36, 0.01), square(116.1, 36, 0.01)
    both = shapely.MultiPolygon([first, second])
    assert ellipsoidal_area([both])[0] == pytest.approx(ellipsoidal_area([first, second]).sum(), rel=1e-9)
    assert ellipsoidal_length([both])[0] == pytest.approx(ellipsoidal_length([first, second]).sum(), rel=1e-12)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(100, 101), st.floats(30, 31)), min_size=2, max_size=8, unique=True))
def test_a_length_is_the_sum_of_its_geodesics(points):
    line = shapely.LineString(points)
    longitudes, latitudes = zip(*points, strict=True)
    assert ellipsoidal_length([line])[0] == pytest.approx(GEODESIC.line_length(longitudes, latitudes), rel=1e-9)


def test_a_perimeter_counts_holes_and_points_have_none():
    holed = square(116, 36, 0.01, 0.002)
    lengths = ellipsoidal_length([holed, shapely.Point(116, 36), None])
    rings = [holed.exterior, *holed.interiors]
    assert lengths[0] == pytest.approx(sum(GEODESIC.geometry_length(ring) for ring in rings), rel=1e-9)
    assert lengths[1] == 0
    assert np.isnan(lengths[2])


def test_metres_do_not_depend_on_the_projection_they_come_in():
    polygon = square(116, 36.4, 0.02)
    crs = metric_crs_for((116, 36.4))
    to_plane = Transformer.from_crs(4490, crs, always_xy=True)
    plane = shapely.transform(polygon, lambda xy: np.column_stack(to_plane.transform(xy[:, 0], xy[:, 1])))
    assert ellipsoidal_area([plane], crs)[0] == pytest.approx(ellipsoidal_area([polygon])[0], rel=1e-7)
    assert ellipsoidal_length([plane], crs)[0] == pytest.approx(ellipsoidal_length([polygon])[0], rel=1e-9)


def test_nothing_measures_nothing():
    assert np.isnan(ellipsoidal_area([None])).all()
    assert ellipsoidal_area([shapely.Polygon()]).tolist() == [0]
    assert len(ellipsoidal_area([])) == 0
    assert len(ellipsoidal_length([])) == 0
