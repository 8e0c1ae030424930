"""Estates without a facility within walking distance, and the places their children lack."""

from __future__ import annotations

import numpy as np

from huancheng.checkup.context import CityContext
from huancheng.checkup.operators.census import Census, tell
from huancheng.checkup.operators.choosing import choose, columns_of, nothing_chosen, parts_of
from huancheng.checkup.operators.parts import Combination, Measured
from huancheng.checkup.system.conditions import Selection
from huancheng.checkup.system.measures import CountUnserved, PlacesGap
from huancheng.evidence import State

_ESTATES = Selection(layer="estates")
_COLUMNS = (("buildings", "estate_id"), ("buildings", "use"), ("buildings", "population"))
ROUNDING = 1e-6
"""Noise of shared places that must not round a gap up by one."""


def _nothing(city: CityContext, facilities: Selection) -> Measured | None:
    """Return why walking to these facilities can't be measured, or None."""
    absent = nothing_chosen(city, _ESTATES) or nothing_chosen(city, facilities)
    if absent:
        return absent
    columns = (*columns_of(facilities.layer, facilities.among), *_COLUMNS)
    if not len(choose(city, facilities, inside=False).rows):
        return Measured.without(State.MISSING, "快照未登记本类设施，无法区分没有与未调查", columns)
    if not city.walking.graph.edges:
        return Measured.without(State.MISSING, "没有可步行的道路", columns)
    if not len(city.walking.homes.persons):
        return Measured.without(State.MISSING, "没有已知居民且属于小区的住宅", columns)
    return None


def count_unserved(measure: CountUnserved, city: CityContext) -> Measured:
    """Count the estates with too few residents within walking distance; without known residents it is unknown."""
    absent = _nothing(city, measure.facilities)
    if absent:
        return absent
    facilities = choose(city, measure.facilities, inside=False)
    estates = choose(city, _ESTATES)
    share = city.walking.served_share(city.points("facilities")[facilities.rows], measure.distance)[estates.rows]
    known = np.isfinite(share)
    unserved = known & (np.nan_to_num(share) < measure.share)
    parts = parts_of(city, estates, unserved, known=known, listed=np.where(unserved, 1.0, np.nan))
    columns = (*facilities.columns, *_COLUMNS)
    census = Census(int((~known).sum()), len(known), "小区")
    return tell(Measured(State.KNOWN, Combination.SUM, 1.0, parts, columns), census)


def places_gap(measure: PlacesGap, city: CityContext) -> Measured:
    """Sum the places wanted beyond those of the schools in reach, shared in proportion to demand, rounded up."""
    absent = _nothing(city, measure.facilities)
    if absent:
        return absent
    schools = choose(city, measure.facilities, inside=False)
    estates = choose(city, _ESTATES)
    columns = (*schools.columns, ("facilities", "capacity"), ("estates", "population"), *_COLUMNS)
    capacity = schools.frame["capacity"].to_numpy(np.float64, na_value=np.nan)
    if not np.isfinite(capacity).any():
        return Measured.without(State.MISSING, "学校学位数均未知", columns)
    declared = city.layer("estates")["population"].to_numpy(np.float64, na_value=np.nan)
    persons = np.where(np.isfinite(declared), declared, city.walking.residents)
    demand = persons * measure.places_per_thousand / 1000.0
    points = city.points("facilities")[schools.rows]
    estate, school = city.walking.estates_in_reach(points, measure.distance, measure.share)
    wanted = np.bincount(school, demand[estate], minlength=len(capacity))
    offered = np.divide(np.nan_to_num(capacity), wanted, out=np.zeros(len(capacity)), where=wanted > 0)
    received = np.bincount(estate, demand[estate] * offered[school], minlength=len(demand))
    gap = np.maximum(np.ceil(demand - received - ROUNDING), 0.0)[estates.rows]
    known = (persons > 0)[estates.rows] | np.isfinite(declared)[estates.rows]
    parts = parts_of(city, estates, gap, known=known, listed=np.where(gap > 0, gap, np.nan))
    missing = int((~np.isfinite(capacity)).sum())
    census = Census(int((~known).sum()), len(known), "小区")
    note = f"{missing}所学校学位数未知，按0计" if missing else ""
    return tell(Measured(State.KNOWN, Combination.SUM, 1.0, parts, columns, note=note), census)
