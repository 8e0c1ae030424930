"""Who reaches which facility within the walking limit, on the street network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huancheng.access import StreetGraph, origin_destination_within, to_decimetres
from huancheng.city.snapshot import Snapshot
from huancheng.planning.arrays import Flags, Rows
from huancheng.planning.completeness.homes import Homes, find_homes
from huancheng.planning.completeness.norms import FacilityNorm
from huancheng.planning.completeness.supply import Supply, find_supply


@dataclass(frozen=True, eq=False)
class FacilityReach:
    """Homes and the facilities of one type they reach.

    Parameters
    ----------
    norm
        The type and its limit.
    supply
        Its facilities.
    home, facility
        Pairs within the limit, once each, ordered by home then facility.
    distance
        Decimetres of each pair, by the nearest gate.
    homes
        Number of homes.
    """

    norm: FacilityNorm
    supply: Supply
    home: Rows
    facility: Rows
    distance: Rows
    homes: int

    @property
    def served(self) -> Flags:
        """Whether each home has a facility within the limit."""
        found = np.zeros(self.homes, bool)
        found[self.home] = True
        return found

    @property
    def nearest(self) -> Rows:
        """The nearest facility of each home, of equally near ones the first; -1 where none is within the limit."""
        found = np.full(self.homes, -1, np.int64)
        order = np.lexsort((self.facility, self.distance, self.home))
        home = self.home[order]
        first = np.ones(len(order), bool)
        first[1:] = home[1:] != home[:-1]
        found[home[first]] = self.facility[order][first]
        return found


@dataclass(frozen=True, eq=False)
class CityReach:
    """Homes of a city and what they reach.

    Parameters
    ----------
    graph
        Streets people may walk.
    homes
        Where they live.
    types
        One for each type of facility, in the pack's order.
    """

    graph: StreetGraph
    homes: Homes
    types: tuple[FacilityReach, ...]


def measure_reach(snapshot: Snapshot, norms: Sequence[FacilityNorm]) -> CityReach:
    """Walk from every home to the facilities of each type.

    Raises
    ------
    InputFault
        If the snapshot knows no residents or no streets.
    """
    graph = StreetGraph.from_snapshot(snapshot, mode="walk")
    homes = find_homes(snapshot, graph)
    types = tuple(walk_to(graph, homes, norm, find_supply(snapshot, norm.facility)) for norm in norms)
    return CityReach(graph, homes, types)


def walk_to(graph: StreetGraph, homes: Homes, norm: FacilityNorm, supply: Supply) -> FacilityReach:
    """Walk from every home to the facilities of one type."""
    limit = int(to_decimetres([norm.walk])[0])
    pairs = origin_destination_within(graph, homes.places, graph.attach(supply.gates), limit)
    facility = supply.gate_of[pairs.target]
    home, distance = pairs.origin.astype(np.int64), pairs.distance.astype(np.int64)
    order = np.lexsort((distance, facility, home))
    home, facility, distance = home[order], facility[order], distance[order]
    first = np.ones(len(home), bool)
    first[1:] = (home[1:] != home[:-1]) | (facility[1:] != facility[:-1])
    return FacilityReach(norm, supply, home[first], facility[first], distance[first], len(homes.persons))
