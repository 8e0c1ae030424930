from __future__ import annotations

import contextlib
import struct

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from huancheng.city.readers.wkb import BrokenShapeError, parse_wkb, rebuild

SQUARE = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)]


def polygon(*rings, order="<", code=3, extra=()):
    out = struct.pack(f"{order}BI", 1 if order == "<" else 0, code) + struct.pack(f"{order}I", len(rings))
    for ring in rings:
        out += struct.pack(f"{order}I", len(ring))
        for point in ring:
            out += struct.pack(f"{order}{2 + len(extra)}d", *point, *extra)
    return out


def test_what_geos_takes_is_left_as_it_is():
    shapes = [shapely.box(0, 0, 1, 1), shapely.Point(1, 2), None]
    blobs = np.array([None if shape is None else shapely.to_wkb(shape) for shape in shapes], dtype=object)
    geometries, rebuilt = parse_wkb(blobs)
    assert geometries[0].equals(shapes[0])
    assert geometries[2] is None
    assert not rebuilt


def test_an_open_ring_is_closed():
    assert rebuild(polygon(SQUARE)).geometry.area == 16


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("code", "extra"), [(3, ()), (1003, (9.0,)), (2003, (9.0,)), (3003, (9.0, 8.0)), (0x80000003, (9.0,))]
)
def test_heights_and_measures_and_byte_orders_are_understood(order, code, extra):
    assert rebuild(polygon(SQUARE, order=order, code=code, extra=extra)).geometry.area == 16


def test_a_reference_system_in_the_blob_is_skipped():
    blob = struct.pack("<BII", 1, 0x20000003, 4326) + polygon(SQUARE)[5:]
    assert rebuild(blob).geometry.area == 16


def test_a_hole_of_two_points_is_dropped():
    item = rebuild(polygon([*SQUARE, SQUARE[0]], [(1.0, 1.0), (2.0, 2.0), (1.0, 1.0)]))
    assert item.geometry.area == 16
    assert "1 too short dropped" in item.reason


def test_a_ring_of_one_point_becomes_that_point():
    item = rebuild(polygon([(3.0, 4.0), (3.0, 4.0)]))
    assert item.geometry.equals(shapely.Point(3, 4))
    assert "all its points are one point" in item.reason


def test_a_ring_of_two_points_becomes_a_line():
    item = rebuild(polygon([(0.0, 0.0), (3.0, 4.0)]))
    assert item.geometry.length == 5
    assert "only 2 different points" in item.reason


def test_the_whole_parts_of_a_collection_stay():
    broken = polygon([(0.0, 0.0), (0.0, 0.0)])
    parts = [shapely.to_wkb(shapely.Point(1, 1)), shapely.to_wkb(shapely.LineString([(0, 0), (1, 1)])), broken]
    parts += [polygon(SQUARE), struct.pack("<BII", 1, 2, 1) + struct.pack("<2d", 1, 1)]
    blob = struct.pack("<BII", 1, 7, len(parts)) + b"".join(parts)
    geometries, rebuilt = parse_wkb(np.array([blob], dtype=object))
    assert shapely.get_num_geometries(geometries[0]) == 3
    assert "2 too short dropped" in rebuilt[0].reason


@pytest.mark.parametrize(("code", "part", "kind"), [(6, polygon(SQUARE), "MultiPolygon"), (5, None, "MultiLineString")])
def test_parts_of_one_kind_stay_together(code, part, kind):
    part = part or shapely.to_wkb(shapely.LineString([(0, 0), (1, 1)]))
    broken = polygon([(0.0, 0.0)]) if code == 6 else struct.pack("<BII", 1, 2, 1) + struct.pack("<2d", 1, 1)
    blob = struct.pack("<BII", 1, code, 3) + part + part + broken
    assert rebuild(blob).geometry.geom_type == kind


def test_coordinates_that_are_no_numbers_give_no_shape():
    item = rebuild(polygon([(float("nan"), 0.0), (1.0, 1.0), (2.0, 0.0)]))
    assert item.geometry is None
    assert item.reason == "coordinates that are no numbers"


@given(st.binary(min_size=1, max_size=60))
def test_rubbish_is_named_and_never_crashes(blob):
    with contextlib.suppress(BrokenShapeError):
        assert rebuild(blob).reason


def test_a_polygon_of_no_points_is_refused():
    with pytest.raises(BrokenShapeError, match="holds no point"):
        rebuild(polygon([]))
