"""The features an indicator listed: read from the kept folder, a page at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from huancheng.city.schema import layer_title
from huancheng.platform.checkups.domain.folders import run_folder
from huancheng.platform.checkups.models import CheckupRunRecord, ScopeKind

_ZONES = frozenset({ScopeKind.COUNTY, ScopeKind.MANAGED_AREA, ScopeKind.STREET, ScopeKind.COMMUNITY, ScopeKind.ESTATE})


def listed_features(run: CheckupRunRecord, indicator: str, kind: str = "", scope: str = "") -> list[dict[str, Any]]:
    """Return what an indicator counted or fell short of, down to the feature.

    Parameters
    ----------
    run
        The check-up.
    indicator
        Id.
    kind, scope
        Kind and id of a scope to which the list is narrowed; the whole city where empty.

    Returns
    -------
    list
        Layer and its title, id, name, amount and estate of each feature.
    """
    import pyarrow.parquet as pq

    filters: list[tuple[str, str, Any]] = [("indicator", "==", indicator)]
    if kind in _ZONES and scope:
        filters.append((kind, "==", scope))
    columns = ["layer", "feature_id", "name", "amount", "x", "y"]
    table = pq.read_table(run_folder(run.digest) / "features.parquet", columns=columns, filters=filters)
    rows = table.to_pylist()
    to_degrees = _to_degrees(_crs_of(run))
    degrees = to_degrees([row["x"] for row in rows], [row["y"] for row in rows]) if rows else ([], [])
    return [
        {**row, "layer_title": layer_title(row["layer"]), "longitude": longitude, "latitude": latitude}
        for row, longitude, latitude in zip(rows, *degrees, strict=True)
    ]


def _crs_of(run: CheckupRunRecord) -> str:
    """Return the metric system of a run's places: its snapshot's."""
    return str(run.details["crs"])


@lru_cache(maxsize=8)
def _to_degrees(crs: str) -> Callable[[list[float], list[float]], tuple[list[float], list[float]]]:
    from pyproj import Transformer

    return Transformer.from_crs(crs, "EPSG:4490", always_xy=True).transform
