"""A GeoPackage for QGIS: the city's layers, the problems, and the values by street and by estate, with styles."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import shapely

from huancheng.city.schema import AccessClass, layer_schemas
from huancheng.city.snapshot import Snapshot
from huancheng.evidence import State
from huancheng.report.geopackage_styles import style_of
from huancheng.report.results import SystemResults

_PLACES = {
    "county": "divisions",
    "street": "divisions",
    "community": "divisions",
    "managed_area": "managed_areas",
    "estate": "estates",
}
"""Kinds of scope that are drawn, and the layer their polygons lie in."""


def write_geopackage(
    snapshot: Snapshot, systems: Sequence[SystemResults], path: Path, *, internal: bool = False
) -> Path:
    """Write the GeoPackage and return its path.

    Parameters
    ----------
    snapshot
        The city.
    systems
        Results of each check-up run.
    path
        File to write; an older one is replaced.
    internal
        Also write layers classed internal; classified layers are never written.
    """
    path.unlink(missing_ok=True)
    with _fixed_date(snapshot.manifest.as_of):
        for name, frame, title in _layers(snapshot, systems, internal=internal):
            pyogrio.write_dataframe(
                frame, path, layer=name, driver="GPKG", promote_to_multi=True, append=path.exists(),
                IDENTIFIER=title, SPATIAL_INDEX="YES",
            )  # fmt: skip
    _write_tables(path, systems)
    return path


def _layers(
    snapshot: Snapshot, systems: Sequence[SystemResults], *, internal: bool
) -> Iterator[tuple[str, gpd.GeoDataFrame, str]]:
    allowed = {AccessClass.PUBLIC, AccessClass.INTERNAL} if internal else {AccessClass.PUBLIC}
    for name, schema in layer_schemas().items():
        if schema.access in allowed and snapshot.has(name):
            yield name, snapshot.layer(name), schema.title
    for item in systems:
        if len(item.problems):
            frame = gpd.GeoDataFrame(item.problems, geometry="geometry", crs=snapshot.crs)
            points, owners = shapely.get_parts(frame.geometry.to_numpy(), return_index=True)
            frame = frame.set_geometry(shapely.multipoints(points, indices=owners))
            yield f"problems_{item.year}", frame, f"{item.year} 问题清单"
        for kind in _PLACES:
            frame = values_by_place(snapshot, item, kind)
            if len(frame):
                yield f"values_{item.year}_{kind}", frame, f"{item.year} 分区数值（{kind}）"


def values_by_place(snapshot: Snapshot, item: SystemResults, kind: str) -> gpd.GeoDataFrame:
    """Return the places of one kind with a column for each indicator; unknown values are empty, not zero.

    Parameters
    ----------
    snapshot
        The city.
    item
        Results of one system.
    kind
        county, managed_area, street, community or estate.
    """
    layer = snapshot.layer(_PLACES[kind], ["name", "level"] if _PLACES[kind] == "divisions" else ["name"])
    if "level" in layer.columns:
        layer = layer[layer["level"] == kind].drop(columns="level")
    stored = item.by_scope(kind)
    stored = stored[stored["state"] == State.KNOWN.value]
    wide = stored.pivot_table(index="scope_id", columns="indicator", values="amount", aggfunc="first", sort=True)
    joined = layer.join(wide, on="id") if len(wide) else layer.iloc[:0]
    return gpd.GeoDataFrame(joined.reset_index(drop=True), geometry="geometry", crs=snapshot.crs)


def _write_tables(path: Path, systems: Sequence[SystemResults]) -> None:
    """Write the key to the indicator columns, and QGIS's styles."""
    with closing(sqlite3.connect(path)) as base, base:
        moment = base.execute("SELECT max(last_change) FROM gpkg_contents").fetchone()[0]
        _indicator_table(base, systems)
        base.execute(
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), "
            "f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), "
            "styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
            "update_time DATETIME)"
        )
        aliases = {row[0]: f"{row[0]} {row[1]}" for row in base.execute("SELECT id, name FROM indicators")}
        tables = base.execute(
            "SELECT table_name, column_name, geometry_type_name FROM gpkg_geometry_columns ORDER BY table_name"
        )
        for table, column, kind in tables.fetchall():
            fields = [row[1] for row in base.execute(f'PRAGMA table_info("{table}")')]
            style = style_of(table, kind, {name: aliases[name] for name in fields if name in aliases})
            base.execute(
                "INSERT INTO layer_styles VALUES (NULL, '', '', ?, ?, ?, ?, '', 1, ?, '', '', ?)",
                (table, column, table[:30], style, "焕城默认样式", moment),
            )
        for table in ("indicators", "layer_styles"):
            base.execute(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) "
                "VALUES (?, 'attributes', ?, ?)",
                (table, table, moment),
            )


def _indicator_table(base: sqlite3.Connection, systems: Sequence[SystemResults]) -> None:
    columns = [
        "indicator",
        "name",
        "group",
        "unit",
        "state",
        "amount",
        "target",
        "target_certainty",
        "grade",
        "grade_certainty",
        "note",
    ]
    base.execute(
        "CREATE TABLE indicators (id TEXT PRIMARY KEY, name TEXT, part TEXT, unit TEXT, state TEXT, amount REAL, "
        "target TEXT, target_certainty TEXT, grade TEXT, grade_certainty TEXT, note TEXT)"
    )
    for item in systems:
        rows = item.city().drop_duplicates("indicator")[columns].astype(object)
        rows = rows.where(pd.notna(rows), None)
        base.executemany(
            "INSERT INTO indicators VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.itertuples(index=False, name=None)
        )


@contextmanager
def _fixed_date(day: str) -> Iterator[None]:
    """Have GDAL write the data's own day where it would write the clock's."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{day[:10]}T00:00:00.000Z"})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
