from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from huancheng.geo import (
    Datum,
    bd09_to_gcj02,
    bd09_to_wgs84,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)

GEODESIC = Geod(ellps="WGS84")
LONGITUDES, LATITUDES = st.floats(73.6, 135.0), st.floats(18.0, 53.5)


def metres(first, second):
    return float(np.max(GEODESIC.inv(first[0], first[1], second[0], second[1])[2]))


@given(LONGITUDES, LATITUDES)
def test_the_shift_is_the_one_an_independent_package_makes(longitude, latitude):
    peer = pytest.importorskip("geocoordinates_ffi", reason="the independent package has no build for this system")
    other = peer.wgs84_to_gcj02(peer.Wgs84(lat=latitude, lon=longitude))
    assert metres(wgs84_to_gcj02([longitude], [latitude]), ([other.lon], [other.lat])) < 0.001
    other = peer.gcj02_to_bd09(peer.Gcj02(lat=latitude, lon=longitude))
    assert metres(gcj02_to_bd09([longitude], [latitude]), ([other.lon], [other.lat])) < 0.001


@given(LONGITUDES, LATITUDES)
def test_there_and_back_is_true_to_a_millimetre(longitude, latitude):
    there = wgs84_to_gcj02([longitude], [latitude])
    assert metres(gcj02_to_wgs84(*there), ([longitude], [latitude])) <= 0.001


@given(LONGITUDES, LATITUDES)
def test_baidu_there_and_back_is_true_to_a_millimetre(longitude, latitude):
    there = gcj02_to_bd09([longitude], [latitude])
    assert metres(bd09_to_gcj02(*there), ([longitude], [latitude])) <= 0.001
    there = wgs84_to_bd09([longitude], [latitude])
    assert metres(bd09_to_wgs84(*there), ([longitude], [latitude])) <= 0.001


def test_a_grid_over_the_whole_extent_comes_back():
    x, y = np.meshgrid(np.linspace(73.6, 135, 200), np.linspace(18, 53.5, 200))
    assert metres(gcj02_to_wgs84(*wgs84_to_gcj02(x.ravel(), y.ravel())), (x.ravel(), y.ravel())) <= 0.001


def test_the_shift_in_china_is_hundreds_of_metres():
    assert 100 < metres(wgs84_to_gcj02([115.98], [36.45]), ([115.98], [36.45])) < 900


@given(st.one_of(st.floats(-180, 71), st.floats(139, 180)), st.floats(-89, 89))
def test_outside_china_nothing_moves(longitude, latitude):
    for shift in (wgs84_to_gcj02, gcj02_to_wgs84, gcj02_to_bd09, bd09_to_gcj02, wgs84_to_bd09, bd09_to_wgs84):
        x, y = shift([longitude], [latitude])
        assert (x[0], y[0]) == (longitude, latitude)


@pytest.mark.parametrize("datum", list(Datum))
def test_every_datum_leads_back_to_wgs84(datum):
    forward = {Datum.WGS84: lambda x, y: (x, y), Datum.GCJ02: wgs84_to_gcj02, Datum.BD09: wgs84_to_bd09}[datum]
    assert metres(to_wgs84(datum, *forward([120.2], [30.2])), ([120.2], [30.2])) <= 0.001


def test_shape_is_kept_and_emptiness_allowed():
    x, y = wgs84_to_gcj02(np.full((2, 3), 116.0), np.full((2, 3), 36.0))
    assert x.shape == y.shape == (2, 3)
    assert gcj02_to_wgs84([], [])[0].shape == (0,)
    assert bd09_to_gcj02([], [])[0].shape == (0,)
