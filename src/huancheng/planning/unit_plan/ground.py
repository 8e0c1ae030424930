"""The unit's ground as it is: buildings, land and green space, cut by its boundary."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from huancheng.city.overlay import intersection_areas
from huancheng.city.snapshot import Snapshot
from huancheng.planning.arrays import Floats

_BUILDINGS = ("floors", "height", "footprint_area", "floor_area", "households", "population", "safety_grade", "illegal",
              "heritage_status", "year_built", "use")  # fmt: skip


@dataclass(frozen=True, eq=False)
class UnitGround:
    """What stands and lies in a unit.

    Parameters
    ----------
    boundary
        Ground of the unit in the snapshot's CRS.
    area
        Square metres.
    buildings
        Buildings that touch it, with `inside`: the share of their footprint within.
    land
        Pieces of land use: `use`, `area`.
    green
        Square metres of green space.
    """

    boundary: shapely.Geometry
    area: float
    buildings: pd.DataFrame
    land: pd.DataFrame
    green: float

    def total(self, column: str) -> float | None:
        """Return the sum of a column over the buildings by their share inside; None where no building says."""
        amounts = pd.to_numeric(self.buildings[column]).to_numpy(np.float64, na_value=np.nan)
        known = np.isfinite(amounts)
        if len(amounts) and not known.any():
            return None
        return float((amounts[known] * self._inside[known]).sum())

    def known_share(self, column: str) -> float:
        """Return the share of the buildings that say something; 1 where there is no building."""
        return float(self.buildings[column].notna().mean()) if len(self.buildings) else 1.0

    @property
    def _inside(self) -> Floats:
        return self.buildings["inside"].to_numpy(np.float64)


def unit_ground(snapshot: Snapshot, boundary: shapely.Geometry) -> UnitGround:
    """Cut the city by a unit's boundary; a building across it counts by area, not by its centre."""
    zone = np.array([boundary], dtype=object)
    buildings = snapshot.layer("buildings", _BUILDINGS)
    pieces = intersection_areas(buildings.geometry.to_numpy(), zone)
    chosen = buildings.iloc[pieces.footprint].copy()
    chosen["inside"] = pieces.area / shapely.area(chosen.geometry.to_numpy())
    chosen["ground"] = pieces.area
    land = snapshot.layer("land_use", ["use"])
    parts = intersection_areas(land.geometry.to_numpy(), zone)
    uses = pd.DataFrame({"use": land["use"].to_numpy()[parts.footprint], "area": parts.area})
    green = snapshot.layer("green_space", [])
    inside = shapely.intersection(shapely.union_all(green.geometry.to_numpy()), boundary) if len(green) else None
    return UnitGround(
        boundary, float(shapely.area(boundary)), pd.DataFrame(chosen), uses,
        float(shapely.area(inside)) if inside is not None else 0.0,
    )  # fmt: skip
