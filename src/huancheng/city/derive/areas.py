"""Footprint and floor area of buildings."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd

from huancheng.city.derive.column import Codes, DerivedColumn, column_or_empty, given_codes
from huancheng.city.derive.metric import common_metric_crs
from huancheng.evidence import Provenance

_CARRIED = (Provenance.IMPUTED, Provenance.MODELLED, Provenance.SYNTHETIC)
"""What is computed from such a value is no better known than it; anything else computed is derived."""


def derive_footprint_area(buildings: gpd.GeoDataFrame) -> DerivedColumn:
    """Return the ground area of each footprint in square metres (derived).

    Raises
    ------
    InputFault
        If the layer is not in a metric CRS.
    """
    common_metric_crs({"buildings": buildings})
    area = pd.Series(buildings.geometry.area.to_numpy(), index=buildings.index, dtype="Float64")
    return DerivedColumn(area, given_codes(area, Provenance.DERIVED))


def derive_floor_area(
    buildings: gpd.GeoDataFrame,
    *,
    floors_provenance: Provenance | Codes = Provenance.MEASURED,
    provenance: Provenance | Codes = Provenance.MEASURED,
) -> DerivedColumn:
    """Return gross floor area in square metres: as given, else footprint × floors; missing where floors are.

    Parameters
    ----------
    buildings
        Footprints in a metric CRS with `floors`, and `floor_area` as far as known.
    floors_provenance
        How the floors are known; floor area from imputed floors is imputed, from measured ones derived.
    provenance
        How the given floor areas are known.

    Raises
    ------
    InputFault
        If the layer is not in a metric CRS.
    """
    common_metric_crs({"buildings": buildings})
    given = column_or_empty(buildings, "floor_area", "Float64")
    floors = column_or_empty(buildings, "floors", "Float64")
    codes = given_codes(given, provenance)
    floor_codes = given_codes(floors, floors_provenance)
    carried = np.isin(floor_codes, [member.code for member in _CARRIED])
    computed_codes = np.where(carried, floor_codes, Provenance.DERIVED.code)
    missing = given.isna().to_numpy()
    computed = floors * buildings.geometry.area
    codes = np.where(missing & (floor_codes > 0), computed_codes, codes).astype(np.uint8)
    return DerivedColumn(given.fillna(computed), codes)
