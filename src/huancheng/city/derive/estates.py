"""Residential estates (小区): from land use where it is mapped, else from clusters of residential buildings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.derive.clusters import Integers
from huancheng.city.derive.column import column_or_empty
from huancheng.city.derive.estate_grounds import cluster_grounds, disjoint, land_use_grounds
from huancheng.city.derive.estate_options import EstateOptions
from huancheng.city.derive.linework import Geometries
from huancheng.city.derive.metric import common_metric_crs
from huancheng.city.overlay import points_in_zones

GRID = 0.001
"""Estates lie on the millimetre grid that snapshots keep."""


@dataclass(frozen=True)
class EstateReport:
    """How the estates came about.

    Parameters
    ----------
    from_land_use, from_clusters
        Estates of either origin.
    too_small
        Candidates left out for their size or for too few buildings.
    residential_buildings, placed
        Residential buildings in all, and those that stand in an estate.
    """

    from_land_use: int
    from_clusters: int
    too_small: int
    residential_buildings: int
    placed: int


@dataclass(frozen=True)
class EstateResult:
    """Estates, and which building stands in which.

    Parameters
    ----------
    frame
        `id`, `name`, `kind`, `year_built`, `households`, `population`, `geometry`; all derived.
    estate_id
        For each building the estate it stands in; missing where it stands in none.
    report
        How they came about.
    """

    frame: gpd.GeoDataFrame
    estate_id: pd.Series[str]
    report: EstateReport


def derive_estates(
    buildings: gpd.GeoDataFrame,
    blocks: gpd.GeoDataFrame,
    land_use: gpd.GeoDataFrame | None = None,
    *,
    options: EstateOptions | None = None,
) -> EstateResult:
    """Find the residential estates.

    Housing polygons of the land-use layer are estates; those of one name that nearly touch are one. Residential
    buildings outside them form clusters within their block, and a cluster's ground is an estate without a name.
    Households and residents are sums over an estate's residential buildings, and missing as soon as one of these is
    unknown; the year is the median of the known ones. Estates do not overlap: ground claimed twice goes to the first.

    Parameters
    ----------
    buildings
        Footprints with `use`, and `households`, `population`, `year_built` as far as known.
    blocks
        Blocks; no cluster crosses from one to another.
    land_use
        Land use with `use` and `name`.
    options
        Settings.

    Raises
    ------
    InputFault
        If the layers are not in one metric CRS.
    """
    options = options or EstateOptions()
    crs = common_metric_crs({"buildings": buildings, "blocks": blocks, "land_use": land_use})
    points = shapely.point_on_surface(buildings.geometry.to_numpy())
    home = column_or_empty(buildings, "use", "string").isin(options.building_uses).to_numpy(dtype=bool)
    mapped = disjoint(land_use_grounds(land_use, options))
    mapped_kept = mapped.loc[shapely.area(mapped["geometry"]) >= options.minimum_area]
    outside = home & (points_in_zones(points, mapped["geometry"].to_numpy()) < 0)
    clusters, few = cluster_grounds(buildings.geometry.to_numpy()[outside], points[outside], blocks, options)
    grown = disjoint(pd.concat([mapped_kept, clusters], ignore_index=True))
    kept = grown.loc[shapely.area(grown["geometry"]) >= options.minimum_area]
    kept = kept.assign(geometry=shapely.set_precision(kept["geometry"].to_numpy(), GRID))
    kept = kept.iloc[_south_to_north(kept["geometry"].to_numpy())].reset_index(drop=True)
    owner = points_in_zones(points, kept["geometry"].to_numpy())
    frame = _with_sums(kept, buildings, owner, home, options)
    ids = frame["id"].to_numpy()
    estate_id = pd.Series(pd.NA, index=buildings.index, dtype="string")
    estate_id[owner >= 0] = ids[owner[owner >= 0]]
    report = EstateReport(
        from_land_use=int((~kept["cluster"]).sum()), from_clusters=int(kept["cluster"].sum()),
        too_small=len(mapped) - len(mapped_kept) + few + len(grown) - len(kept),
        residential_buildings=int(home.sum()), placed=int((home & (owner >= 0)).sum()),
    )  # fmt: skip
    return EstateResult(gpd.GeoDataFrame(frame, geometry="geometry", crs=crs), estate_id, report)


def _south_to_north(shapes: Geometries) -> Integers:
    inside = shapely.point_on_surface(shapes)
    return np.asarray(np.lexsort((shapely.get_x(inside), shapely.get_y(inside))), dtype=np.int64)


def _with_sums(
    kept: pd.DataFrame, buildings: gpd.GeoDataFrame, owner: Integers, home: np.ndarray[Any, np.dtype[np.bool_]],
    options: EstateOptions,
) -> pd.DataFrame:  # fmt: skip
    member = home & (owner >= 0)
    rows = pd.DataFrame({
        "estate": owner[member],
        "households": column_or_empty(buildings, "households", "Float64").to_numpy(np.float64, na_value=np.nan)[member],
        "population": column_or_empty(buildings, "population", "Float64").to_numpy(np.float64, na_value=np.nan)[member],
        "year": column_or_empty(buildings, "year_built", "Float64").to_numpy(np.float64, na_value=np.nan)[member],
    }).groupby("estate")  # fmt: skip
    everyone = pd.RangeIndex(len(kept))
    known = rows[["households", "population"]].count().eq(rows.size(), axis=0)
    sums = rows[["households", "population"]].sum().where(known).reindex(everyone)
    year = rows["year"].median().reindex(everyone).round()
    inside = shapely.point_on_surface(kept["geometry"].to_numpy())
    place = pd.Series([f"E{x:.0f}-{y:.0f}" for x, y in zip(shapely.get_x(inside), shapely.get_y(inside), strict=True)])
    repeat = place.groupby(place).cumcount()
    return pd.DataFrame({
        "id": place.where(repeat == 0, place + "-" + repeat.astype("string")).astype("string"),
        "name": kept["name"], "kind": _kind(kept, options),
        "year_built": year.astype("Float64").astype("Int64"),
        "households": sums["households"].astype("Float64").astype("Int64"),
        "population": sums["population"].astype("Float64"),
        "geometry": kept["geometry"],
    })  # fmt: skip


def _kind(kept: pd.DataFrame, options: EstateOptions) -> pd.Series[str]:
    kind = pd.Series(pd.NA, index=kept.index, dtype="string").mask(kept["village"], "village_in_city")
    for name, words in options.kind_words.items():
        told = kept["name"].str.contains("|".join(words), regex=True).fillna(value=False).astype(bool)
        kind = kind.mask(kind.isna() & told, name)
    return kind
