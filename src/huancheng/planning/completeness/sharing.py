"""Facilities that serve several areas: who benefits, and who bears which share of the cost (六(三))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np

from huancheng.city.overlay import points_in_zones
from huancheng.planning.arrays import Floats, Rows
from huancheng.planning.completeness.norms import FacilityNorm
from huancheng.planning.completeness.reach import CityReach, FacilityReach

ELSEWHERE = ""
"""Id of the beneficiary that stands for residents outside all areas."""


@dataclass(frozen=True, slots=True)
class Beneficiary:
    """An area whose residents use a facility.

    Parameters
    ----------
    area, area_name
        The unit or estate; `ELSEWHERE` for residents outside all of them.
    residents
        Residents for whom this facility is the nearest of its type.
    share
        Part of the cost it bears, by residents served.
    """

    area: str
    area_name: str
    residents: float
    share: float


@dataclass(frozen=True, slots=True)
class SharedFacility:
    """One facility and all who benefit; the shares sum to 1.

    Parameters
    ----------
    norm
        Type of facility.
    facility, name
        Id and name.
    beneficiaries
        Largest first.
    agreement
        Whether an agreement on opening and cost is on record; nobody knows until it is entered.
    """

    norm: FacilityNorm
    facility: str
    name: str
    beneficiaries: tuple[Beneficiary, ...]
    agreement: str = "未登记"


def shared_facilities(reach: CityReach, areas: gpd.GeoDataFrame, *, fewest: int = 2) -> list[SharedFacility]:
    """Return the facilities that serve residents of several areas.

    Every resident within the limit counts once, at the nearest facility of the type.

    Parameters
    ----------
    reach
        Who reaches what.
    areas
        Polygons with `id` and `name`.
    fewest
        Beneficiaries, residents elsewhere included, from which a facility is shared. It must serve at least one area.
    """
    area_of_home = points_in_zones(reach.homes.points, areas.geometry.to_numpy())
    ids = [*areas["id"].astype(str), ELSEWHERE]
    names = [*areas["name"].fillna("").astype(str), "其他范围"]
    found = []
    for one in reach.types:
        served = _served(reach, one, area_of_home, len(areas))
        for row in np.flatnonzero((served > 0).sum(axis=1) >= fewest):
            if served[row, :-1].any():
                parts = _beneficiaries(served[row], ids, names)
                found.append(SharedFacility(one.norm, one.supply.ids[row], one.supply.names[row], parts))
    return found


def share_cost(cost: int, beneficiaries: Sequence[Beneficiary]) -> list[int]:
    """Split a cost in yuan by the shares; the parts are whole yuan and sum to the cost exactly.

    Parameters
    ----------
    cost
        Yuan, not negative.
    beneficiaries
        Who bears it.

    Raises
    ------
    ValueError
        If there is nobody to bear it, or the cost is negative.
    """
    if cost < 0 or not beneficiaries:
        message = "a cost that is not negative and at least one beneficiary are needed"
        raise ValueError(message)
    exact = [cost * item.share for item in beneficiaries]
    parts = [int(amount) for amount in exact]
    by_remainder = sorted(range(len(exact)), key=lambda row: (parts[row] - exact[row], row))
    for position in range(cost - sum(parts)):
        parts[by_remainder[position % len(parts)]] += 1
    return parts


def _served(reach: CityReach, one: FacilityReach, area_of_home: Rows, areas: int) -> Floats:
    """Return residents by facility and area; the last column is elsewhere."""
    nearest = one.nearest
    used = nearest >= 0
    column = np.where(area_of_home[used] >= 0, area_of_home[used], areas)
    code = nearest[used] * (areas + 1) + column
    counts = np.bincount(code, reach.homes.persons[used], minlength=len(one.supply) * (areas + 1))
    return counts.astype(np.float64).reshape(len(one.supply), areas + 1)


def _beneficiaries(served: Floats, ids: Sequence[str], names: Sequence[str]) -> tuple[Beneficiary, ...]:
    total = float(served.sum())
    chosen = sorted(np.flatnonzero(served > 0).tolist(), key=lambda row: (-served[row], row))
    return tuple(Beneficiary(ids[row], names[row], float(served[row]), float(served[row]) / total) for row in chosen)
