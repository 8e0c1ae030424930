"""One feature of a snapshot with all that is known of it, and how."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huancheng.city.schema import ColumnSchema, Geometry, LayerSchema, layer_schemas
from huancheng.evidence import Provenance
from huancheng.platform.atlas.domain.folders import snapshot_folder
from huancheng.platform.atlas.models import SnapshotRecord

if TYPE_CHECKING:
    from huancheng.city.snapshot import LayerRecord


@dataclass(frozen=True, slots=True)
class Attribute:
    """What is known of a feature in one respect.

    Parameters
    ----------
    title, words, unit
        Name, value in words, unit; words are empty where it is not known.
    provenance
        How it is known, as `evidence.Provenance` writes it; empty where that is not told.
    """

    title: str
    words: str
    unit: str = ""
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature as the panel shows it."""

    layer: str
    layer_title: str
    id: str
    name: str
    known: list[Attribute]
    unknown: list[str]
    """Titles of what is not known: missing is not zero."""
    source: str


def find_feature(record: SnapshotRecord, layer: str, feature: str) -> Feature | None:
    """Return a feature by layer and id; None where the snapshot has none.

    Whether the person may see the layer is for the caller to ask first.
    """
    import pyarrow.parquet as pq

    from huancheng.city.snapshot import Snapshot

    schema = layer_schemas().get(layer)
    held = record.layers.get(layer)
    if schema is None or schema.geometry is Geometry.RASTER or not held or held["count"] == 0:
        return None
    folder = snapshot_folder(record.digest)
    manifest = Snapshot(folder).manifest.layers[layer]
    path = folder / manifest.file
    columns = [name for name in pq.read_schema(path).names if name != "geometry"]
    rows: list[dict[str, Any]] = pq.read_table(path, columns=columns, filters=[("id", "==", feature)]).to_pylist()
    return _feature(schema, manifest, rows[0]) if rows else None


def _feature(schema: LayerSchema, manifest: LayerRecord, row: dict[str, Any]) -> Feature:
    known, unknown = [], []
    for name, column in schema.columns.items():
        value = row.get(name)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            unknown.append(column.title)
            continue
        how = _provenance(name, row, manifest)
        known.append(Attribute(column.title, _words(column, value), _unit(column), how.value if how else ""))
    return Feature(
        schema.name, schema.title, str(row["id"]), str(row.get("name") or ""), known, unknown, manifest.source
    )


def _provenance(name: str, row: dict[str, Any], manifest: LayerRecord) -> Provenance | None:
    """Return how a value is known: by its own code, or by the one provenance of its column."""
    code = row.get(f"{name}__provenance")
    if code:
        return Provenance.from_code(int(code))
    shares = manifest.columns[name].provenance if name in manifest.columns else {}
    return Provenance(next(iter(shares))) if len(shares) == 1 else None


_UNITS = {
    "m2": _("平方米"),
    "m": _("米"),
    "mm": _("毫米"),
    "persons": _("人"),
    "households": _("户"),
    "floors": _("层"),
    "year": _("年"),
    "spaces": _("个"),
    "points": _("个"),
    "homes": _("套"),
    "lanes": _("条"),
    "km/h": _("公里/时"),
    "h": _("小时"),
}


def _unit(column: ColumnSchema) -> str:
    return str(_UNITS.get(column.unit, column.unit))


def _words(column: ColumnSchema, value: Any) -> str:
    if column.type == "boolean":
        return gettext("是") if value else gettext("否")
    if column.domain or column.domain_from:
        return column.label(str(value))
    if column.type == "number":
        return f"{round(float(value), 2):,g}" if abs(value) < 1e6 else f"{float(value):,.0f}"  # noqa: PLR2004 - six figures
    if column.type == "integer":
        return str(int(value)) if column.unit == "year" else f"{int(value):,}"
    return str(value)
