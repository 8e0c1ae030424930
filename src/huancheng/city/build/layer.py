"""One layer of the snapshot out of its blocks in the mapping."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from huancheng.city.build.columns import Codes, RowsOf, apply_rule
from huancheng.city.build.conditions import rows_meant
from huancheng.city.build.coordinates import Projector
from huancheng.city.build.edge import clip
from huancheng.city.build.mapping import LayerBlock, RepairRules
from huancheng.city.build.shapes import Shaped, shape_for
from huancheng.city.readers import SourceTable
from huancheng.city.schema import LayerSchema, layer_schema
from huancheng.city.snapshot import Outcome, Repair
from huancheng.evidence import InputFault

Positions = npt.NDArray[np.intp]


@dataclass
class BuiltLayer:
    """A layer on its way into the snapshot.

    Parameters
    ----------
    name
        Layer of the schema.
    frame
        `id`, columns of the schema, `geometry` in the metric CRS.
    codes
        Provenance code per row, for each column.
    source
        Where it comes from, in words.
    token
        Ids of rows whose extent is unknown.
    rows_in
        Rows the sources held for it.
    """

    name: str
    frame: gpd.GeoDataFrame
    codes: dict[str, Codes] = field(default_factory=dict)
    source: str = ""
    token: set[str] = field(default_factory=set)
    rows_in: int = 0

    def set_column(self, name: str, values: Any, codes: Codes) -> None:
        """Put a column in, or in place of the one there."""
        dtype: Any = layer_schema(self.name).columns[name].pandas_dtype
        self.frame[name] = pd.Series(values).astype(dtype).to_numpy()
        self.frame[name] = self.frame[name].astype(dtype)
        self.codes[name] = codes


@dataclass
class _Rows:
    """The rows of one block while they are sorted into kept, refused and outside."""

    block: LayerBlock
    table: SourceTable
    positions: Positions
    repairs: list[Repair] = field(default_factory=list)

    def note(self, index: int, name: str, outcome: Outcome, reason: str) -> None:
        label = str(self.table.labels[self.positions[index]])
        self.repairs.append(Repair(self.block.name, self.table.name, label, name, outcome, reason))


def build_block(
    block: LayerBlock,
    table: SourceTable,
    projector: Projector,
    boundary: shapely.Geometry | None,
    rules: RepairRules,
) -> tuple[BuiltLayer, list[Repair]]:
    """Return the rows one block gives its layer, and what was repaired, refused or left outside.

    Raises
    ------
    InputFault
        If the source has no places, or lacks a column the block names.
    """
    schema = layer_schema(block.name)
    positions = np.flatnonzero(rows_meant(block.where, table.column, len(table)))
    rows = _Rows(block, table, positions)
    shaped = _shapes(rows, geometry_of(table)[positions], projector, schema, rules)
    there = np.flatnonzero(~shapely.is_missing(shaped.shapes))
    edge = clip(shaped.shapes[there], boundary, schema.geometry, block.clip)
    for index in there[~edge.inside]:
        rows.note(int(index), "geometry", Outcome.OUTSIDE, "outside the city")
    values, codes, faults = _columns(rows, schema, shaped)
    kept = _with_required(rows, schema, values, there[edge.inside], faults)
    keep = set(kept.tolist())
    cuts = {int(there[at]): reason for at, reason in edge.cut.items()}
    for index, reason in sorted([*shaped.repaired.items(), *cuts.items()]):
        if index in keep or index in shaped.repaired:
            rows.note(index, "geometry", Outcome.REPAIRED, reason)
    for index, name, reason in faults:
        if index in keep:
            rows.note(index, name, Outcome.REPAIRED, reason)
    shapes = shaped.shapes.copy()
    shapes[there] = edge.shapes
    ids = _ids(rows, kept)
    data = {"id": ids, **{name: column.iloc[kept].reset_index(drop=True) for name, column in values.items()}}
    frame = gpd.GeoDataFrame(
        data, geometry=gpd.GeoSeries(list(shapes[kept]), crs=projector.target), crs=projector.target
    )
    token = set(ids[np.isin(kept, list(shaped.token))].tolist())
    layer = BuiltLayer(
        block.name, frame, {name: code[kept] for name, code in codes.items()}, table.name, token, len(positions)
    )
    return layer, rows.repairs


def geometry_of(table: SourceTable) -> npt.NDArray[np.object_]:
    """Return the places of a table's rows.

    Raises
    ------
    InputFault
        If the table has none.
    """
    if table.geometry is None:
        cure = "name its columns at the source (`longitude`, `latitude` or `wkt`)"
        raise InputFault("the table holds no places", file=table.name, field="geometry", cure=cure)
    return table.geometry


def _shapes(
    rows: _Rows, raw: npt.NDArray[np.object_], projector: Projector, schema: LayerSchema, rules: RepairRules
) -> Shaped:
    place = {int(position): index for index, position in enumerate(rows.positions)}
    broken = {
        place[fault.position]: fault.reason
        for fault in rows.table.faults
        if fault.position in place and fault.field in ("geometry", "") and fault.position is not None
    }
    unread = {
        place[fault.position]: fault.reason
        for fault in rows.table.faults
        if fault.position in place and fault.position is not None and raw[place[fault.position]] is None
    }
    possible = projector.possible(raw)
    usable = raw.copy()
    usable[~possible] = None
    projected = projector.project(usable)
    bounds = shapely.bounds(projected)
    lost = ~shapely.is_missing(usable) & ~shapely.is_empty(projected) & ~np.isfinite(bounds).all(axis=1)
    projected[lost] = None
    shaped = shape_for(schema.geometry, projected, broken, rules, close_lines=rows.block.close_lines)
    for number in np.flatnonzero(~possible):
        shaped.refused[int(number)] = f"coordinates that are no place in {projector.crs.name!r}"
    for number in np.flatnonzero(lost):
        shaped.refused[int(number)] = f"coordinates that {projector.target.name!r} can't express"
    shaped.refused.update(unread)
    for index, reason in sorted(shaped.refused.items()):
        rows.note(index, "geometry", Outcome.REFUSED, reason)
    high = int(shapely.has_z(raw).sum())
    if high:
        reason = f"{high} shapes have heights (Z), which layers do not keep; dropped"
        rows.repairs.append(Repair(rows.block.name, rows.table.name, "all", "geometry", Outcome.REPAIRED, reason))
    return shaped


def _columns(
    rows: _Rows, schema: LayerSchema, shaped: Shaped
) -> tuple[dict[str, pd.Series[Any]], dict[str, Codes], list[tuple[int, str, str]]]:
    source = RowsOf(rows.table.column, rows.positions, {"@area": shaped.area, "@length": shaped.length})
    values: dict[str, pd.Series[Any]] = {}
    codes: dict[str, Codes] = {}
    faults: list[tuple[int, str, str]] = []
    for name, rule in rows.block.columns.items():
        typed, codes[name] = apply_rule(rule, schema.columns[name], source)
        values[name] = typed.column
        faults += [(index, name, reason) for index, reason in typed.faults]
    place = {int(position): index for index, position in enumerate(rows.positions)}
    for fault in rows.table.faults:
        if fault.position in place and fault.field not in ("geometry", ""):
            assert fault.position is not None  # noqa: S101 - it is in `place`
            faults.append((place[fault.position], fault.field, fault.reason))
    return values, codes, sorted(faults)


def _with_required(
    rows: _Rows,
    schema: LayerSchema,
    values: dict[str, pd.Series[Any]],
    kept: Positions,
    faults: list[tuple[int, str, str]],
) -> Positions:
    why = {(index, name): reason for index, name, reason in faults}
    for name, column in schema.columns.items():
        if not column.required:
            continue
        if name not in values:
            cure = f"say in the mapping where {name!r} comes from"
            message = f"layer {schema.name!r} needs the column {name!r}"
            raise InputFault(message, file=rows.table.name, field=name, cure=cure)
        silent = values[name].isna().to_numpy()[kept]
        for index in kept[silent]:
            reason = why.get((int(index), name), "it is missing")
            rows.note(int(index), name, Outcome.REFUSED, f"{name!r} is required: {reason}")
        kept = kept[~silent]
    return kept


def _ids(rows: _Rows, kept: Positions) -> npt.NDArray[np.object_]:
    labels = rows.table.labels[rows.positions[kept]].astype(str).astype(object)
    if rows.block.id is None:
        return np.array([f"{rows.block.id_prefix}{label}" for label in labels], dtype=object)
    named = rows.table.column(rows.block.id).iloc[rows.positions[kept]].astype("string").str.strip()
    named = named.mask(named == "")
    ids = np.array([f"{rows.block.id_prefix}{name}" for name in named.fillna("")], dtype=object)
    for at in np.flatnonzero(named.isna().to_numpy()):
        ids[at] = f"{rows.block.id_prefix}row-{labels[at]}"
        rows.note(int(kept[at]), "id", Outcome.REPAIRED, f"no id; named {ids[at]!r}")
    return ids
