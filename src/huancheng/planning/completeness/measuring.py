"""Everything about completeness of some areas in one call."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.planning.completeness.gaps import Gap, find_gaps
from huancheng.planning.completeness.norms import FacilityNorm, completeness_rules, facility_norms
from huancheng.planning.completeness.parks import ParksAndLiving, pair_parks
from huancheng.planning.completeness.reach import CityReach, measure_reach
from huancheng.planning.completeness.scorecard import Scorecard, score_communities
from huancheng.planning.completeness.sharing import SharedFacility, shared_facilities
from huancheng.policy.book import PolicyBook
from huancheng.policy.provisions.completeness import CompletenessRules


@dataclass(frozen=True, eq=False)
class Completeness:
    """What was found about some areas.

    Parameters
    ----------
    areas
        The units, blocks or estates asked about.
    norms, rules
        What was held against them.
    reach
        Who reaches what in the whole city.
    gaps
        One for each area and type.
    shared
        Facilities that serve several areas.
    parks
        Industrial parks and living areas.
    cards
        The complete-community scorecard of each area.
    """

    areas: gpd.GeoDataFrame
    norms: tuple[FacilityNorm, ...]
    rules: CompletenessRules
    reach: CityReach
    gaps: tuple[Gap, ...]
    shared: tuple[SharedFacility, ...]
    parks: ParksAndLiving
    cards: tuple[Scorecard, ...]


def measure_completeness(snapshot: Snapshot, areas: gpd.GeoDataFrame, book: PolicyBook) -> Completeness:
    """Measure gaps, shared facilities, park–living pairs and the scorecard.

    Parameters
    ----------
    snapshot
        The city.
    areas
        Polygons with `id` and `name`, in any CRS that is known.
    book
        Pack that holds standards and rules.

    Raises
    ------
    InputFault
        If there are no areas, an id stands twice, or the city has no residents or streets.
    """
    areas = checked_areas(areas, snapshot)
    norms, rules = facility_norms(book), completeness_rules(book)
    reach = measure_reach(snapshot, norms)
    gaps = find_gaps(reach, areas, rules.tolerated_share)
    cards = score_communities(snapshot, reach, gaps, areas, book=book, rules=rules.community)
    return Completeness(
        areas, norms, rules, reach, tuple(gaps), tuple(shared_facilities(reach, areas)),
        pair_parks(snapshot, reach.graph, rules.parks_and_living), tuple(cards),
    )  # fmt: skip


def checked_areas(areas: gpd.GeoDataFrame, snapshot: Snapshot) -> gpd.GeoDataFrame:
    """Return areas in the snapshot's CRS with `id` and `name`.

    Raises
    ------
    InputFault
        If there are none, the CRS is unknown, ids are missing or stand twice.
    """
    if not len(areas):
        raise InputFault("there is no area to measure", cure="give units, blocks or estates")
    if areas.crs is None:
        raise InputFault("the areas have no CRS", field="geometry", cure="write the file with its CRS")
    if "id" not in areas.columns or areas["id"].isna().any():
        raise InputFault("an area has no id", field="id", cure="give every area an id")
    twice = areas["id"][areas["id"].duplicated()]
    if len(twice):
        raise InputFault(f"the id {twice.iloc[0]!r} stands twice", field="id", cure="give every area its own id")
    frame = areas.to_crs(snapshot.crs)
    names = frame["name"] if "name" in frame.columns else frame["id"]
    columns = {"id": frame["id"].astype(str).to_numpy(), "name": names.fillna(frame["id"]).astype(str).to_numpy()}
    return gpd.GeoDataFrame(columns, geometry=frame.geometry.to_numpy(), crs=frame.crs)
