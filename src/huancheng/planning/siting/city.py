"""A siting problem made from a city: homes not yet served, sites one may build on, walks between them."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.access import StreetGraph, origin_destination_within, to_decimetres
from huancheng.city.overlay import points_in_zones
from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.planning.arrays import Floats, Rows, Shapes
from huancheng.planning.completeness.homes import Homes, find_homes
from huancheng.planning.completeness.norms import FacilityNorm
from huancheng.planning.completeness.reach import CityReach
from huancheng.planning.completeness.supply import Supply, find_supply
from huancheng.planning.siting.problem import Goal, SitingProblem

SITE_USES = ("public_service", "vacant", "industrial", "logistics", "commercial", "utility")
"""Uses of parcels that are offered as sites where nobody names them: public, idle, or open to change."""

MOST_CELLS = 60_000_000
"""Points × candidates held at a time: half a gigabyte."""

METRES = 10.0
"""Decimetres in a metre."""

CELL = 50.0
"""Metres: homes of one cell are joined where whole walks are summed."""


@dataclass(frozen=True)
class SitingOrder:
    """What is to be placed.

    Parameters
    ----------
    norm
        Type of facility with its walking limit.
    new
        How many.
    goal
        What they shall do.
    radius
        Walking limit in metres; the norm's where None.
    capacity
        Residents one new facility can serve; None for no limit.
    farthest
        Longest walk counted, for `median`.
    """

    norm: FacilityNorm
    new: int
    goal: Goal = Goal.COVER
    radius: float | None = None
    capacity: float | None = None
    farthest: float = 3000.0


@dataclass(frozen=True, eq=False)
class CitySiting:
    """A problem and what its rows and columns stand for.

    Parameters
    ----------
    problem
        The problem.
    sites
        Candidates with `id` and geometry, in the order of the columns.
    residents
        Residents of the areas asked about.
    served
        Of them, those an existing facility serves already.
    homes_of
        Home behind each row where homes were not joined; for mapping.
    """

    problem: SitingProblem
    sites: gpd.GeoDataFrame
    residents: float
    served: float
    homes_of: Rows


def city_siting(
    snapshot: Snapshot,
    order: SitingOrder,
    sites: gpd.GeoDataFrame,
    areas: gpd.GeoDataFrame | None = None,
    reach: CityReach | None = None,
) -> CitySiting:
    """Make the problem.

    Parameters
    ----------
    snapshot
        The city.
    order
        What is to be placed.
    sites
        Candidates (points or grounds) with `id`, in the snapshot's CRS.
    areas
        Areas whose residents count; the whole city where None.
    reach
        Streets, homes and what stands (or is planned already), where they were measured before.

    Raises
    ------
    InputFault
        If there is nobody to serve, no site, or too many of both.
    """
    graph = reach.graph if reach else StreetGraph.from_snapshot(snapshot, mode="walk")
    homes = reach.homes if reach else find_homes(snapshot, graph)
    chosen = np.arange(len(homes.persons))
    if areas is not None:
        chosen = np.flatnonzero(points_in_zones(homes.points, areas.geometry.to_numpy()) >= 0)
    if not len(chosen) or not len(sites):
        what = "nobody lives in the areas asked about" if not len(chosen) else "there is no candidate site"
        raise InputFault(what, cure="give other areas" if not len(chosen) else "offer sites with --candidates")
    radius = order.radius or order.norm.walk
    limit = radius if order.goal is Goal.COVER else order.farthest
    standing = next((one.supply for one in reach.types if one.norm.id == order.norm.id), None) if reach else None
    standing = standing or find_supply(snapshot, order.norm.facility)
    existing = _existing(graph, homes, standing, limit)[chosen]
    served = float(homes.persons[chosen][existing <= radius].sum())
    rows, demand = _rows(homes, chosen, existing, order.goal, radius)
    distance = _distances(graph, homes, sites.geometry.to_numpy(), rows, limit)
    if order.goal is Goal.COVER:
        reached = np.isfinite(distance).any(axis=1)
        hopeless = float(demand[~reached].sum())
        distance, demand, kept = _joined(distance[reached], demand[reached])
        rows = rows[reached][kept]
        if hopeless:
            distance = np.vstack([distance, np.full((1, len(sites)), np.inf)])
            demand, rows = np.append(demand, hopeless), np.append(rows, -1)
        near = np.full(len(demand), np.inf)
    else:
        near = existing[np.searchsorted(chosen, rows)]
    capacity = None if order.capacity is None else np.full(len(sites), float(order.capacity))
    problem = SitingProblem(demand, distance, order.new, order.goal, radius, near, order.farthest, capacity)
    return CitySiting(problem, sites.reset_index(drop=True), float(homes.persons[chosen].sum()), served, rows)


def default_sites(snapshot: Snapshot, areas: gpd.GeoDataFrame | None = None) -> gpd.GeoDataFrame:
    """Return sites where nobody names them: parcels of fitting use, and somewhere in every block.

    Raises
    ------
    InputFault
        If the snapshot has neither.
    """
    frames = []
    for layer, uses in (("parcels", SITE_USES), ("blocks", None)):
        if snapshot.has(layer):
            frame = snapshot.layer(layer, ["use"] if uses else [])
            frame = frame[frame["use"].isin(uses)] if uses else frame
            frames.append(frame[["id", "geometry"]])
    sites = pd.concat(frames, ignore_index=True) if frames else gpd.GeoDataFrame({"id": []}, geometry=[])
    if areas is not None and len(sites):
        sites = sites[points_in_zones(_points(sites), areas.geometry.to_numpy()) >= 0]
    if not len(sites):
        raise InputFault("no parcel or block could be a site", cure="offer sites with --candidates")
    return gpd.GeoDataFrame(sites, geometry="geometry", crs=snapshot.crs).reset_index(drop=True)


def _existing(graph: StreetGraph, homes: Homes, standing: Supply, limit: float) -> Floats:
    """Return metres from each home to the nearest facility that stands; infinite beyond the limit."""
    found = np.full(len(homes.persons), np.inf)
    if len(standing):
        pairs = origin_destination_within(graph, homes.places, graph.attach(standing.gates), _decimetres(limit))
        np.minimum.at(found, pairs.origin, pairs.distance / METRES)
    return found


def _rows(homes: Homes, chosen: Rows, existing: Floats, goal: Goal, radius: float) -> tuple[Rows, Floats]:
    """Return the homes that stand for all: those not yet served, or one for each cell."""
    persons = homes.persons[chosen]
    if goal is Goal.COVER:
        open_ = existing > radius
        return chosen[open_], persons[open_]
    cells = np.floor(shapely.get_coordinates(homes.points[chosen]) / CELL).astype(np.int64)
    _, first, code = np.unique(cells, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(first), np.int64)
    rank[order] = np.arange(len(first))
    totals = np.bincount(rank[code.ravel()], persons, len(first))
    return chosen[np.sort(first)], totals.astype(np.float64)


def _distances(graph: StreetGraph, homes: Homes, sites: Shapes, rows: Rows, limit: float) -> Floats:
    if len(rows) * len(sites) > MOST_CELLS:
        message = f"{len(rows):,} homes times {len(sites):,} sites are too many to weigh at once"
        raise InputFault(message, field="candidates", cure="offer fewer sites, or ask for a part of the city")
    places = homes.places.subset(rows.astype(np.int32))
    pairs = origin_destination_within(graph, places, graph.attach(shapely.point_on_surface(sites)), _decimetres(limit))
    found = np.full((len(rows), len(sites)), np.inf)
    found[pairs.origin, pairs.target] = pairs.distance / METRES
    return found


def _joined(distance: Floats, demand: Floats) -> tuple[Floats, Floats, Rows]:
    """Join homes that the same sites would serve: for covering they are one."""
    if not len(demand):
        return distance, demand, np.empty(0, np.int64)
    _, first, code = np.unique(np.isfinite(distance), axis=0, return_index=True, return_inverse=True)
    return distance[first], np.bincount(code.ravel(), demand, len(first)).astype(np.float64), first


def _points(frame: gpd.GeoDataFrame) -> Shapes:
    return np.asarray(shapely.point_on_surface(frame.geometry.to_numpy()))


def _decimetres(metres: float) -> int:
    return int(to_decimetres([metres])[0])
