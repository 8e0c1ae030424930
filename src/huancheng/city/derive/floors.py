"""Floors where the source is silent: from height, else the median of like buildings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import geopandas as gpd
import numpy as np
import pandas as pd
from pydantic import Field

from huancheng.city.derive.column import Codes, DerivedColumn, column_or_empty, given_codes
from huancheng.city.derive.metric import common_metric_crs
from huancheng.city.derive.options import DeriveOptions
from huancheng.evidence import Certainty, Provenance

UNKNOWN_USE = "unknown"
"""Stands for a missing use when buildings are grouped; never written to a layer."""


class FloorOptions(DeriveOptions):
    """How floors follow from height, and which buildings count as alike. The values are ours (`proposed`)."""

    storey_height: Annotated[float, Certainty.PROPOSED, Field(gt=0)] = 3.0
    """Metres per floor where the use names none."""

    storey_height_by_use: Annotated[dict[str, float], Certainty.PROPOSED] = Field(
        default_factory=lambda: {"industrial": 6.0, "warehouse": 6.0, "commercial": 4.0, "office": 3.6}
    )
    """Metres per floor by use."""

    area_classes: Annotated[tuple[float, ...], Certainty.PROPOSED] = (50.0, 150.0, 400.0, 1000.0, 3000.0)
    """Bounds of the footprint classes in square metres; each bound belongs to the class above it."""

    minimum_sample: Annotated[int, Certainty.PROPOSED, Field(ge=1)] = 5
    """Like buildings with known floors needed before their median is used."""


@dataclass(frozen=True)
class FloorResult:
    """Floors of every building as far as they can be known or imputed.

    Parameters
    ----------
    column
        Floors (Int64) with a provenance code per row.
    by_use
        One row per use: `buildings`, and of these the numbers `given`, `derived`, `imputed`, `missing`.
    """

    column: DerivedColumn
    by_use: pd.DataFrame


def impute_floors(
    buildings: gpd.GeoDataFrame,
    *,
    provenance: Provenance | Codes = Provenance.MEASURED,
    options: FloorOptions | None = None,
) -> FloorResult:
    """Fill in floors; a known number is never changed.

    Height gives floors (derived): height ÷ storey height, rounded, at least 1. Else the median of buildings of the same
    use and footprint class, else of the same use, else of the same footprint class, else of all (imputed), whichever
    first has `minimum_sample` known buildings. Where none has, the floors stay missing.

    Parameters
    ----------
    buildings
        Footprints in a metric CRS, with `floors`, `height`, `use` as far as known.
    provenance
        How the given floors are known: one for all, or a code per row.
    options
        Settings.

    Raises
    ------
    InputFault
        If the layer is not in a metric CRS.
    """
    options = options or FloorOptions()
    common_metric_crs({"buildings": buildings})
    floors = column_or_empty(buildings, "floors", "Int64").copy()
    codes = given_codes(floors, provenance).copy()
    use = column_or_empty(buildings, "use", "string").fillna(UNKNOWN_USE)
    given = floors.notna().to_numpy()
    derived = _from_height(column_or_empty(buildings, "height", "Float64"), use, options)
    by_height = ~given & derived.notna().to_numpy()
    floors[by_height] = derived[by_height]
    codes[by_height] = Provenance.DERIVED.code
    medians = _like_median(floors, use, buildings.geometry.area, options)
    by_median = floors.isna().to_numpy() & medians.notna().to_numpy()
    floors[by_median] = medians[by_median]
    codes[by_median] = Provenance.IMPUTED.code
    how = np.select([given, by_height, by_median], ["given", "derived", "imputed"], "missing")
    return FloorResult(DerivedColumn(floors, codes), _account(use, how))


def _from_height(height: pd.Series[float], use: pd.Series[str], options: FloorOptions) -> pd.Series[int]:
    storey = use.map(options.storey_height_by_use).astype("Float64").fillna(options.storey_height)
    return _half_up(height / storey).clip(lower=1)


def _half_up(values: pd.Series[float]) -> pd.Series[int]:
    return pd.Series(np.floor(values + 0.5), index=values.index).astype("Int64")


def _like_median(
    floors: pd.Series[int], use: pd.Series[str], area: pd.Series[float], options: FloorOptions
) -> pd.Series[int]:
    size = pd.Series(np.digitize(area, options.area_classes), index=floors.index)
    everyone = pd.Series(0, index=floors.index)
    found = pd.Series(pd.NA, index=floors.index, dtype="Float64")
    for keys in ([use, size], [use], [size], [everyone]):
        groups = floors.astype("Float64").groupby([key.to_numpy() for key in keys])
        enough = groups.transform("count") >= options.minimum_sample
        found = found.fillna(groups.transform("median").where(enough))
    return _half_up(found)


def _account(use: pd.Series[str], how: np.ndarray[tuple[int], np.dtype[np.str_]]) -> pd.DataFrame:
    table = pd.crosstab(use.to_numpy(), how).reindex(columns=["given", "derived", "imputed", "missing"], fill_value=0)
    table.insert(0, "buildings", table.sum(axis=1))
    return table.rename_axis(index="use", columns=None)
