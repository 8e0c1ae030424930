"""The layers that blocks take their figures from."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from huancheng.city.derive.column import Codes
from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault, Provenance


@dataclass(frozen=True)
class SourceLayer:
    """A layer and how each of its columns is known.

    Parameters
    ----------
    name
        Name of the layer.
    frame
        Rows with `geometry` in the blocks' CRS; mixed columns bring their codes as `<column>__provenance`.
    uniform
        Provenance of the columns that are known in one way.
    """

    name: str
    frame: gpd.GeoDataFrame
    uniform: dict[str, Provenance]

    def codes(self, column: str) -> Codes:
        """Return the provenance code of each row, 0 where the value is missing; measured where nothing is said."""
        known = self.frame[column].notna().to_numpy()
        mixed = f"{column}__provenance"
        if mixed in self.frame.columns:
            given = self.frame[mixed].fillna(0).to_numpy(dtype=np.uint8)
            return np.where(known, given, 0).astype(np.uint8)
        code = self.uniform.get(column, Provenance.MEASURED).code
        return np.where(known, code, 0).astype(np.uint8)

    def numbers(self, column: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Return a column as floats, NaN where missing or where there is no such column."""
        if column not in self.frame.columns:
            return np.full(len(self.frame), np.nan)
        return np.asarray(pd.to_numeric(self.frame[column]).to_numpy(dtype=np.float64, na_value=np.nan))


@dataclass(frozen=True)
class BlockTables:
    """Layers with figures, each in the blocks' CRS; None where the city has none.

    Parameters
    ----------
    buildings
        Footprints with `floor_area`, `height`, `year_built`, `households`, `population`, `use`.
    population
        Cells with `population`, asked where no building carries residents.
    parcels
        Polygons with `title_status`.
    divisions
        Polygons with `level` and `name`; the districts are those of level `county`.
    problems
        The table of problems: `problem_type` and a geometry of any kind.
    plan_units, price_zones
        Polygons with `name`.
    year
        Year of the data, for ages.
    """

    buildings: SourceLayer | None = None
    population: SourceLayer | None = None
    parcels: SourceLayer | None = None
    divisions: SourceLayer | None = None
    problems: SourceLayer | None = None
    plan_units: SourceLayer | None = None
    price_zones: SourceLayer | None = None
    year: int | None = None


def tables_of_snapshot(
    snapshot: Snapshot,
    *,
    problems: gpd.GeoDataFrame | None = None,
    plan_units: gpd.GeoDataFrame | None = None,
    price_zones: gpd.GeoDataFrame | None = None,
) -> BlockTables:
    """Read the figures of a snapshot.

    Parameters
    ----------
    snapshot
        The city.
    problems
        Problems with `problem_type`; by default the snapshot's open problem points.
    plan_units, price_zones
        Polygons with `name`, which snapshots do not hold.
    """
    given = _given("problems", problems, "problem_type", snapshot)
    if given is None and snapshot.has("problem_points"):
        points = _layer(snapshot, "problem_points", ["problem_type", "settled"])
        if points is not None:
            open_ = ~points.frame["settled"].astype("boolean").fillna(value=False).to_numpy(dtype=bool)
            given = SourceLayer(points.name, points.frame.loc[open_].reset_index(drop=True), points.uniform)
    columns = ["use", "floor_area", "footprint_area", "height", "year_built", "households", "population"]
    return BlockTables(
        buildings=_layer(snapshot, "buildings", columns), population=_layer(snapshot, "population", ["population"]),
        parcels=_layer(snapshot, "parcels", ["title_status"]),
        divisions=_layer(snapshot, "divisions", ["name", "level"]),
        problems=given, plan_units=_given("plan_units", plan_units, "name", snapshot),
        price_zones=_given("price_zones", price_zones, "name", snapshot),
        year=int(snapshot.manifest.as_of[:4]) if snapshot.manifest.as_of[:4].isdigit() else None,
    )  # fmt: skip


def _layer(snapshot: Snapshot, name: str, columns: list[str]) -> SourceLayer | None:
    if not snapshot.has(name):
        return None
    records = snapshot.manifest.layers[name].columns
    mixed = [f"{column}__provenance" for column in columns if len(records[column].provenance) > 1]
    uniform = {
        column: Provenance(next(iter(records[column].provenance)))
        for column in columns
        if column in records and len(records[column].provenance) == 1
    }
    return SourceLayer(name, snapshot.layer(name, [*columns, *mixed]), uniform)


def _given(name: str, frame: gpd.GeoDataFrame | None, column: str, snapshot: Snapshot) -> SourceLayer | None:
    if frame is None:
        return None
    if column not in frame.columns:
        cure = f"name it among the columns; there are {', '.join(map(str, frame.columns))}"
        raise InputFault("the column is not there", file=name, field=column, cure=cure)
    if frame.crs is None:
        raise InputFault("the layer has no CRS", file=name, cure="declare the CRS of its source")
    return SourceLayer(name, frame.to_crs(snapshot.crs).reset_index(drop=True), {column: Provenance.DECLARED})
