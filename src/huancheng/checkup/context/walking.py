"""Who walks how far to what: homes and facilities attached to the streets once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from huancheng.access import Attachment, StreetGraph, nearest_of_classes, origin_destination_within, to_decimetres
from huancheng.checkup.context.adding import added_by

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Homes:
    """Residential buildings with residents that belong to an estate.

    Parameters
    ----------
    estate
        Position of the estate in the estates layer.
    persons
        Residents.
    places
        Where each meets the walk graph.
    """

    estate: Rows
    persons: Floats
    places: Attachment


class Walking:
    """Walking distances from the homes of estates.

    Parameters
    ----------
    graph
        Streets people may walk.
    buildings, estates
        The layers.
    """

    def __init__(self, graph: StreetGraph, buildings: gpd.GeoDataFrame, estates: gpd.GeoDataFrame) -> None:
        self.graph = graph
        self._buildings = buildings
        self._estates = estates

    @cached_property
    def homes(self) -> Homes:
        """Residential buildings with residents, attached to the nearest walkable street."""
        estate = pd.Index(self._estates["id"]).get_indexer(pd.Index(self._buildings["estate_id"]))
        persons = self._buildings["population"].to_numpy(np.float64, na_value=0.0)
        residential = (self._buildings["use"].fillna("") == "residential").to_numpy(bool)
        kept = residential & (persons > 0) & (estate >= 0)
        places = self.graph.attach(self._buildings.geometry.to_numpy()[kept])
        return Homes(estate[kept], persons[kept], places)

    @cached_property
    def residents(self) -> Floats:
        """Residents of each estate's homes; 0 where none is known."""
        return added_by(self.homes.estate, self.homes.persons, len(self._estates))

    def served_share(self, facilities: npt.NDArray[Any], distance: float) -> Floats:
        """Return, for each estate, the share of residents within a walking distance (m) of any facility.

        NaN where an estate has no home with residents.
        """
        limit = _limit(distance)
        targets = {"": self.graph.attach(facilities)}
        nearest = nearest_of_classes(self.graph, self.homes.places, targets, limit)[:, 0]
        near = added_by(self.homes.estate, np.where(nearest >= 0, self.homes.persons, 0.0), len(self._estates))
        return self._share(near)

    def estates_in_reach(self, facilities: npt.NDArray[Any], distance: float, share: float) -> tuple[Rows, Rows]:
        """Return pairs (estate, facility) where at least a share of the estate's residents are within the distance."""
        homes = self.homes
        pairs = origin_destination_within(self.graph, homes.places, self.graph.attach(facilities), _limit(distance))
        code = homes.estate[pairs.origin] * len(facilities) + pairs.target
        codes, position = np.unique(code, return_inverse=True)
        near = added_by(position, homes.persons[pairs.origin], len(codes))
        estate, facility = np.divmod(codes, max(len(facilities), 1))
        reached = near >= share * self.residents[estate] - 1e-9
        return estate[reached], facility[reached]

    def _share(self, near: Floats) -> Floats:
        share = np.divide(near, self.residents, out=np.full(len(near), np.nan), where=self.residents > 0)
        return np.asarray(share, np.float64)


def _limit(distance: float) -> int:
    return int(to_decimetres(np.array([distance]))[0])
