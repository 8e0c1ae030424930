"""Divisions that hold, or lack, what they should have."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.checkup.context import ZONE_KINDS, CityContext
from huancheng.checkup.context.evaluate import evaluate
from huancheng.checkup.operators.census import Census, tell
from huancheng.checkup.operators.choosing import Chosen, choose, columns_of, nothing_chosen, parts_of
from huancheng.checkup.operators.parts import Combination, Measured
from huancheng.checkup.operators.ratios import PERCENT
from huancheng.checkup.system.conditions import Condition, Selection
from huancheng.checkup.system.measures import CountLacking, ZonesHaving
from huancheng.city.schema import facility_catalogue
from huancheng.evidence import State

_LEVELS = {"county": "区县", "street": "街道", "community": "社区"}


def _divisions(city: CityContext, level: str, *, overlap: bool = False) -> Chosen:
    """Return the divisions of a level in the scope, by representative point or by overlap."""
    selection = Selection(layer="divisions", among=Condition(column="level", one_of=(level,)))
    if not overlap:
        return choose(city, selection)
    everywhere = choose(city, selection, inside=False)
    codes = np.unique(city.atoms.codes[level])
    met = set(city.atoms.zones[level].ids[codes[codes >= 0]])
    kept = everywhere.frame["id"].isin(met).to_numpy(bool)
    return Chosen("divisions", everywhere.rows[kept], everywhere.frame[kept], everywhere.columns, 0)


def count_lacking(measure: CountLacking, city: CityContext) -> Measured:
    """Count the divisions with no suitable feature inside; one of unknown fitness leaves its division unknown."""
    absent = nothing_chosen(city, measure.of) or nothing_chosen(city, Selection(layer="divisions"))
    if absent:
        return absent
    divisions = _divisions(city, measure.level, overlap=measure.scope_rule == "overlap")
    features = choose(city, measure.of, inside=False)
    columns = (*features.columns, *columns_of(measure.of.layer, measure.suitable))
    word = _LEVELS[measure.level]
    if not len(divisions.rows):
        return Measured.without(State.MISSING, f"范围内没有{word}边界", columns)
    if not len(features.rows):
        return Measured.without(State.MISSING, "快照未登记本类设施，无法区分没有与未调查", columns)
    truth = evaluate(measure.suitable, features.frame, city.data_year)
    points = city.points(measure.of.layer)[features.rows]
    suitable = _holding(divisions, points[truth.true])
    doubtful = _holding(divisions, points[~truth.known])
    lacking = ~suitable & ~doubtful
    known = suitable | ~doubtful
    listed = np.where(lacking, 1.0, np.nan)
    atoms = _atoms(city, divisions, measure.level)
    parts = parts_of(city, divisions, lacking, known=known, listed=listed, atom=atoms)
    census = Census(int((~known).sum()), len(known), word)
    zonings = _zonings(measure.level)
    return tell(Measured(State.KNOWN, Combination.SUM, 1.0, parts, columns, zonings=zonings), census)


def zones_having(measure: ZonesHaving, city: CityContext) -> Measured:
    """Return the share of divisions that hold at least one facility of each required group."""
    facilities = Selection(layer="facilities")
    absent = nothing_chosen(city, facilities) or nothing_chosen(city, Selection(layer="divisions"))
    if absent:
        return absent
    divisions = _divisions(city, measure.level)
    columns = (("facilities", "class"), ("divisions", "level"))
    word = _LEVELS[measure.level]
    if not len(divisions.rows):
        return Measured.without(State.MISSING, f"范围内没有{word}边界", columns)
    classes = city.layer("facilities")["class"]
    having = np.ones(len(divisions.rows), bool)
    for group in measure.groups:
        chosen = classes.isin(group).to_numpy(bool)
        if not chosen.any():
            titles = "、".join(facility_catalogue()[name].title for name in group)
            return Measured.without(State.MISSING, f"快照未登记{titles}，无法区分没有与未调查", columns)
        having &= _holding(divisions, city.points("facilities")[chosen])
    parts = parts_of(city, divisions, having, denominator=np.ones(len(having)), listed=np.where(having, np.nan, 1.0))
    name = f"{city.scope.name}内{word}数"
    return Measured(
        State.KNOWN, Combination.RATIO, PERCENT, parts, columns, name,
        listed_is_complement=True, zonings=_zonings(measure.level),
    )  # fmt: skip


def _zonings(level: str) -> tuple[str, ...]:
    """Return the zonings that are no finer than a level."""
    return ZONE_KINDS[: ZONE_KINDS.index(level) + 1] if level != "county" else ("county",)


def _holding(divisions: Chosen, points: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    shapes = divisions.frame.geometry.to_numpy()
    result = np.zeros(len(shapes), bool)
    if len(points):
        result[np.unique(shapely.STRtree(points).query(shapes, predicate="intersects")[0])] = True
    return result


def _atoms(city: CityContext, divisions: Chosen, level: str) -> npt.NDArray[np.int32]:
    """Return the atom of each division: that of its point, or the first it overlaps where its point is outside."""
    atoms = city.place("divisions")[divisions.rows]
    zones = city.atoms.zones[level].ids
    codes = city.atoms.codes[level]
    for position in np.flatnonzero(atoms < 0):
        zone = np.flatnonzero(zones == divisions.frame["id"].iloc[position])[0]
        atoms[position] = np.flatnonzero(codes == zone)[0]
    return atoms
