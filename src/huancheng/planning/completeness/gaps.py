"""Residents beyond the walking limit by area and type of facility, and what closing each gap would take."""

from __future__ import annotations

import math
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.overlay import points_in_zones
from huancheng.evidence import State
from huancheng.planning.arrays import Floats, Rows
from huancheng.planning.completeness.norms import FacilityNorm
from huancheng.planning.completeness.reach import CityReach, FacilityReach

AREA_COLUMNS = ("id", "name")
"""What a frame of areas (units, blocks, estates) must hold besides geometry."""


@dataclass(frozen=True, slots=True)
class FacilityDemand:
    """What closing a gap would take.

    Parameters
    ----------
    facilities
        Number of new facilities.
    floor_area, land_area
        Least and usual square metres of all of them; None where no standard says.
    mark
        Where the areas come from.
    """

    facilities: int
    floor_area: tuple[float, float] | None
    land_area: tuple[float, float] | None
    mark: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Residents of one area and one type of facility.

    `inside` + `outside` + `beyond` = `residents`, always.

    Parameters
    ----------
    area, area_name
        The unit, block or estate.
    norm
        The type and its limit.
    state
        Missing where the type is not recorded in the city or nobody lives in the area.
    residents
        People living in the area.
    inside
        Of them, those who reach a facility of the area itself.
    outside
        Those who reach one outside only.
    beyond
        Those who reach none within the limit.
    demand
        What the gap asks for; None where it is within the tolerated share.
    note
        Why nothing can be said, or what a reader must know.
    """

    area: str
    area_name: str
    norm: FacilityNorm
    state: State
    residents: float
    inside: float
    outside: float
    beyond: float
    demand: FacilityDemand | None
    note: str = ""

    @property
    def beyond_share(self) -> float | None:
        """Share of the residents beyond the limit; None where it can't be said."""
        return self.beyond / self.residents if self.state is State.KNOWN else None


def find_gaps(reach: CityReach, areas: gpd.GeoDataFrame, tolerated_share: float) -> list[Gap]:
    """Return one gap for each area and type of facility, areas in their order, types in the pack's.

    Parameters
    ----------
    reach
        Who reaches what.
    areas
        Polygons with `id` and `name` in the snapshot's CRS; they should not overlap.
    tolerated_share
        Share beyond the limit that asks for no new facility.
    """
    area_of_home = points_in_zones(reach.homes.points, areas.geometry.to_numpy())
    columns = [_area_figures(reach, one, areas, area_of_home) for one in reach.types]
    residents = _sums(area_of_home, reach.homes.persons, len(areas))
    rows = zip(areas["id"].astype(str), areas["name"].fillna("").astype(str), strict=True)
    return [
        _gap((str(area), str(name)), one, residents[row], figures[row], tolerated_share)
        for row, (area, name) in enumerate(rows)
        for one, figures in zip(reach.types, columns, strict=True)
    ]


def price(norm: FacilityNorm, beyond: float) -> FacilityDemand:
    """Return what serving so many residents takes: as many facilities as their most residents ask for, at least one."""
    count = max(1, math.ceil(beyond / norm.persons[1] - 1e-9))
    return FacilityDemand(count, _times(norm.floor_area, count), _times(norm.land_area, count), str(norm.area_mark))


def shares_beyond(reach: CityReach, areas: gpd.GeoDataFrame) -> dict[str, Floats]:
    """Return, for each type, the share of each area's residents beyond the limit.

    NaN where nobody lives or it can't be said. Drawing units reads this per block: a limit on completeness
    is linear in residents.
    """
    area_of_home = points_in_zones(reach.homes.points, areas.geometry.to_numpy())
    residents = _sums(area_of_home, reach.homes.persons, len(areas))
    found = {}
    for one in reach.types:
        beyond = _sums(area_of_home, np.where(one.served, 0.0, reach.homes.persons), len(areas))
        share = np.full(len(areas), np.nan)
        np.divide(beyond, residents, out=share, where=(residents > 0) & (not one.supply.missing))
        found[one.norm.id] = share
    return found


def _area_figures(reach: CityReach, one: FacilityReach, areas: gpd.GeoDataFrame, area_of_home: Rows) -> Floats:
    """Return inside and outside for each area; shape (areas, 2)."""
    home_area = area_of_home[one.home]
    own = np.zeros(one.homes, bool)
    own[one.home[(home_area >= 0) & np.isin(one.facility * len(areas) + home_area, _memberships(one, areas))]] = True
    inside = _sums(area_of_home, np.where(own, reach.homes.persons, 0.0), len(areas))
    outside = _sums(area_of_home, np.where(one.served & ~own, reach.homes.persons, 0.0), len(areas))
    return np.column_stack([inside, outside])


def _memberships(one: FacilityReach, areas: gpd.GeoDataFrame) -> Rows:
    """Return facility × areas + area for each area a facility lies in; a park may lie in several."""
    tree = shapely.STRtree(areas.geometry.to_numpy())
    facility, area = tree.query(one.supply.shapes, predicate="intersects")
    return np.asarray(facility * len(areas) + area, np.int64)


def _gap(area: tuple[str, str], one: FacilityReach, residents: float, figures: Floats, tolerated: float) -> Gap:
    if one.supply.missing:
        return Gap(*area, one.norm, State.MISSING, float(residents), 0.0, 0.0, 0.0, None, one.supply.missing)
    if residents <= 0:
        return Gap(*area, one.norm, State.NOT_APPLICABLE, 0.0, 0.0, 0.0, 0.0, None, "该范围内没有常住人口")
    inside, outside = float(figures[0]), float(figures[1])
    beyond = max(float(residents) - inside - outside, 0.0)
    demand = price(one.norm, beyond) if beyond > tolerated * residents + 1e-9 else None
    return Gap(*area, one.norm, State.KNOWN, float(residents), inside, outside, beyond, demand)


def _sums(code: Rows, amounts: Floats, count: int) -> Floats:
    known = code >= 0
    return np.bincount(code[known], amounts[known], minlength=count).astype(np.float64)


def _times(pair: tuple[float, float] | None, count: int) -> tuple[float, float] | None:
    return None if pair is None else (pair[0] * count, pair[1] * count)
