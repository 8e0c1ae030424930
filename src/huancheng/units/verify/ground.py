"""Blocks and borders against their shapes: areas, centres, shared lengths, neighbours nobody listed, layers."""

from __future__ import annotations

import math
from collections.abc import Iterator

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from huancheng.units.verify.evidence import Evidence, number
from huancheng.units.verify.verdict import Fault

_AREA = 1e-6
_METRES = 0.05
_SHARE = 1e-3


def check_ground(found: Evidence) -> Iterator[Fault]:
    """Measure the blocks of `units.gpkg` and compare with `blocks.csv`, `borders.csv` and `assignment.csv`."""
    try:
        blocks = pyogrio.read_dataframe(found.folder / "units.gpkg", layer="blocks", columns=["id", "unit"])
        units = pyogrio.read_dataframe(found.folder / "units.gpkg", layer="units", columns=["unit", "area", "blocks"])
    except (DataLayerError, DataSourceError) as error:
        yield Fault("layers", "units.gpkg", f"it can't be read: {error}")
        return
    shape = dict(zip(blocks["id"].astype(str), blocks.geometry, strict=True))
    if set(shape) != set(found.block) or len(blocks) != len(found.block):
        yield Fault("layers", "units.gpkg, blocks", "its blocks are not those of blocks.csv")
        return
    for name, unit in zip(blocks["id"].astype(str), blocks["unit"].fillna("").astype(str), strict=True):
        if unit != found.home.get(name):
            yield Fault(
                "layers", "units.gpkg, blocks", f"{name} is in {unit or 'no unit'}, not where assignment.csv has it"
            )
    yield from _check_blocks(found, shape)
    yield from _check_borders(found, shape)
    yield from _check_units(found, shape, units)


def _check_blocks(found: Evidence, shape: dict[str, shapely.Geometry]) -> Iterator[Fault]:
    for name, row in found.block.items():
        area, stated = float(shapely.area(shape[name])), number(row["area"])
        if stated is None or not math.isclose(area, stated, rel_tol=_AREA, abs_tol=1e-3):
            yield Fault("ground", f"blocks.csv, {name}", f"the area is stated as {row['area']}, it measures {area:.3f}")
        centre = shapely.centroid(shape[name])
        x, y = number(row["x"]), number(row["y"])
        if x is None or y is None or math.dist((x, y), (centre.x, centre.y)) > _METRES:
            yield Fault("ground", f"blocks.csv, {name}", "its place is not the centre of its shape")


def _check_borders(found: Evidence, shape: dict[str, shapely.Geometry]) -> Iterator[Fault]:
    names = list(shape)
    shapes = np.array([shape[name] for name in names], dtype=object)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    shared = shapely.length(shapely.intersection(shapely.boundary(shapes[first]), shapely.boundary(shapes[second])))
    measured = {
        frozenset((names[a], names[b])): float(length) for a, b, length in zip(first, second, shared, strict=True)
    }
    listed = set()
    for place, row in enumerate(found.tables["borders.csv"], start=2):
        pair = frozenset((row["a"], row["b"]))
        listed.add(pair)
        stated, length = number(row["length"]), measured.get(pair, 0.0)
        if stated is not None and abs(stated - length) > _METRES + _SHARE * length:
            yield Fault(
                "ground", f"borders.csv, row {place}", f"{stated:g} m of border are stated, {length:.2f} m are shared"
            )
    least = found.rules_of("contiguity")[0]["least_border"]
    for pair, length in measured.items():
        if length >= max(least, 1.0) + _METRES and pair not in listed:
            yield Fault(
                "ground", "borders.csv", f"{' and '.join(sorted(pair))} share {length:.2f} m and are not listed"
            )


def _check_units(found: Evidence, shape: dict[str, shapely.Geometry], units: gpd.GeoDataFrame) -> Iterator[Fault]:
    outlines = dict(zip(units["unit"].astype(str), units.itertuples(index=False), strict=True))
    if set(outlines) != set(found.members):
        yield Fault("layers", "units.gpkg, units", "its units are not those of assignment.csv")
        return
    for name, members in found.members.items():
        row = outlines[name]
        area = math.fsum(float(shapely.area(shape[block])) for block in members)
        outline = float(shapely.area(row.geometry))
        if not math.isclose(outline, area, rel_tol=1e-6, abs_tol=0.1):
            yield Fault("layers", f"units.gpkg, {name}", f"its outline has {outline:.1f} m2, its blocks {area:.1f} m2")
        if not math.isclose(row.area, area, rel_tol=1e-6, abs_tol=0.1) or row.blocks != len(members):
            yield Fault("layers", f"units.gpkg, {name}", "its area or number of blocks is not that of its blocks")
