from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import CRS

from huancheng.geo import gauss_kruger_crs, in_china, metric_crs_for, utm_crs


@pytest.mark.parametrize("meridian", range(75, 136, 3))
def test_each_zone_has_the_central_meridian_that_pyproj_knows(meridian):
    crs = gauss_kruger_crs(meridian)
    assert crs.name == f"CGCS2000 / 3-degree Gauss-Kruger CM {meridian}E"
    parameters = {item.name: item.value for item in crs.coordinate_operation.params}
    assert parameters["Longitude of natural origin"] == meridian
    assert parameters["False easting"] == 500000


@given(st.floats(73.5, 136.49))
def test_the_zone_is_the_one_whose_meridian_is_nearest(longitude):
    name = gauss_kruger_crs(longitude).name
    meridian = int(name.split("CM ")[1].removesuffix("E"))
    assert abs(meridian - longitude) <= 1.5 + 1e-9


@pytest.mark.parametrize("longitude", [73.4, 136.5, -15.4, 180.0])
def test_outside_the_national_grid_there_is_no_zone(longitude):
    with pytest.raises(ValueError, match="outside the Gauss"):
        gauss_kruger_crs(longitude)


@pytest.mark.parametrize(
    ("place", "epsg"),
    [
        ((115.98, 36.45), 4548),  # 聊城
        ((121.48, 31.22, 121.50, 31.25), 4549),  # 上海
        ((120.2, 30.2), 4549),  # 杭州
        ((-15.43, 28.1), 32628),  # Las Palmas
        ((-51.2, -30.0), 32722),  # Porto Alegre
        ((24.94, 60.17), 32635),  # Helsinki
        ((180.0, 0.0), 32660),
        ((121.5, 25.05), 32651),  # outside the national grid by the coarse boxes
        ((106.0, 21.0), 32648),  # Hanoi
    ],
)
def test_a_city_is_kept_in_the_grid_of_its_place(place, epsg):
    assert metric_crs_for(place) == CRS.from_epsg(epsg)


@given(st.floats(-180, 180), st.floats(-84, 84))
def test_the_utm_zone_holds_the_point(longitude, latitude):
    crs = utm_crs(longitude, latitude)
    west, _, east, _ = crs.area_of_use.bounds
    assert west - 1e-9 <= longitude <= east + 1e-9
    assert crs.name.endswith("N" if latitude >= 0 else "S")


@pytest.mark.parametrize("place", [(10.0, 85.0), (200.0, 0.0), (-181.0, 3.0)])
def test_a_point_off_the_globe_has_no_metric_system(place):
    with pytest.raises(ValueError, match="no UTM zone"):
        metric_crs_for(place)


@pytest.mark.parametrize("place", [(1.0,), (1.0, 2.0, 3.0), (float("nan"), 1.0), (1.0, float("inf"))])
def test_a_place_is_a_point_or_bounds(place):
    with pytest.raises(ValueError, match="a place is"):
        metric_crs_for(place)


def test_china_is_told_from_its_neighbours():
    assert in_china(116.39, 39.9)
    assert in_china(87.6, 43.8)
    assert not in_china(139.7, 35.7)
    assert not in_china(105.85, 21.03)
