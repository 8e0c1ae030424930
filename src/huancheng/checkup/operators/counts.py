"""Counts, sums and lengths of the features a pack describes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.checkup.context import CityContext
from huancheng.checkup.context.evaluate import evaluate
from huancheng.checkup.operators.census import Census, tell
from huancheng.checkup.operators.choosing import Chosen, choose, columns_of, nothing_chosen, numbers, parts_of
from huancheng.checkup.operators.parts import Combination, Measured
from huancheng.checkup.system.conditions import Selection
from huancheng.checkup.system.measures import (
    ColumnSum,
    CountFlagged,
    CountNear,
    EventCount,
    GapSum,
    LengthSum,
    RegisteredCount,
)
from huancheng.city.schema import column_title, column_titles, layer_schema
from huancheng.evidence import State

KILOMETRE = 1e3


def count_flagged(measure: CountFlagged, city: CityContext) -> Measured:
    """Count the features among a selection for which the condition holds."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    chosen = choose(city, measure.of)
    truth = evaluate(measure.where, chosen.frame, city.data_year)
    columns = (*chosen.columns, *columns_of(chosen.layer, measure.where))
    if len(chosen.rows) and not truth.known.any():
        wanted = column_titles(chosen.layer, measure.where.columns)
        return Measured.without(State.MISSING, f"{wanted}均未知", columns)
    parts = parts_of(city, chosen, truth.true, known=truth.known, listed=np.where(truth.true, 1.0, np.nan))
    title = layer_schema(chosen.layer).title
    census = Census(int((~truth.known).sum()) + chosen.undecided, len(chosen.rows) + chosen.undecided, title)
    return tell(Measured(State.KNOWN, Combination.SUM, 1.0, parts, columns), census)


def registered_count(measure: RegisteredCount, city: CityContext) -> Measured:
    """Count the entries of a register inside the scope; an empty register is missing, not zero."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    chosen = choose(city, measure.of)
    truth = evaluate(measure.where, chosen.frame, city.data_year)
    columns = (*chosen.columns, *columns_of(chosen.layer, measure.where))
    title = layer_schema(chosen.layer).title
    everywhere = evaluate(measure.where, city.layer(chosen.layer), city.data_year)
    if not everywhere.known.any():
        return Measured.without(State.MISSING, f"“{title}”未登记本项", columns)
    if measure.where is None and measure.of.among is not None and not len(choose(city, measure.of, inside=False).rows):
        return Measured.without(State.MISSING, f"“{title}”未登记本类，无法区分没有与未调查", columns)
    parts = parts_of(city, chosen, truth.true, known=truth.known, listed=np.where(truth.true, 1.0, np.nan))
    census = Census(int((~truth.known).sum()), len(chosen.rows), title)
    return tell(Measured(State.KNOWN, Combination.SUM, 1.0, parts, columns), census)


def event_count(measure: EventCount, city: CityContext, indicator: str, name: str) -> Measured:
    """Count the problem points that name the indicator by id or name; none at all is missing, not zero."""
    columns = (("problem_points", "indicator"), ("problem_points", "settled"))
    absent = nothing_chosen(city, Selection(layer="problem_points"))
    if absent:
        return absent
    frame = city.layer("problem_points")
    named = frame["indicator"].isin([indicator, name]).to_numpy(bool)
    if not named.any():
        return Measured.without(State.MISSING, "问题点位未登记本项，无法区分没有与未登记", columns)
    settled = frame["settled"].fillna(value=False).to_numpy(bool)
    counted = named & (measure.count_settled | ~settled)
    chosen = choose(city, Selection(layer="problem_points"))
    flags = counted[chosen.rows]
    parts = parts_of(city, chosen, flags, listed=np.where(flags, 1.0, np.nan))
    return Measured(State.KNOWN, Combination.SUM, 1.0, parts, columns)


def column_sum(measure: ColumnSum, city: CityContext) -> Measured:
    """Sum a column over the features of a selection."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    chosen = choose(city, measure.of)
    amounts = numbers(chosen.frame, measure.column)
    known = np.isfinite(amounts)
    columns = (*chosen.columns, (chosen.layer, measure.column))
    if len(chosen.rows) and not known.any():
        return Measured.without(State.MISSING, f"{column_title(chosen.layer, measure.column)}均未知", columns)
    return _summed(city, chosen, amounts, known, columns)


def gap_sum(measure: GapSum, city: CityContext) -> Measured:
    """Sum demand less supply over features, where positive."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    chosen = choose(city, measure.of)
    demand = np.round(numbers(chosen.frame, measure.demand_column) * measure.demand_rate, 9)
    if measure.round_up:
        demand = np.ceil(demand)
    gap = np.maximum(demand - numbers(chosen.frame, measure.supply_column), 0.0)
    known = np.isfinite(gap)
    columns = (*chosen.columns, (chosen.layer, measure.demand_column), (chosen.layer, measure.supply_column))
    columns = tuple(dict.fromkeys(columns))
    if len(chosen.rows) and not known.any():
        wanted = column_titles(chosen.layer, (measure.demand_column, measure.supply_column))
        return Measured.without(State.MISSING, f"{wanted}无一处同时已知", columns)
    return _summed(city, chosen, gap, known, columns)


def _summed(
    city: CityContext,
    chosen: Chosen,
    amounts: npt.NDArray[np.float64],
    known: npt.NDArray[np.bool_],
    columns: tuple[tuple[str, str], ...],
) -> Measured:
    """Sum the known amounts, list the features that add to the sum, and tell how many are unknown."""
    amounts = np.where(known, amounts, 0.0)
    parts = parts_of(city, chosen, amounts, known=known, listed=np.where(amounts > 0, amounts, np.nan))
    census = Census(int((~known).sum()), len(known), layer_schema(chosen.layer).title)
    return tell(Measured(State.KNOWN, Combination.SUM, 1.0, parts, columns), census)


def length_sum(measure: LengthSum, city: CityContext) -> Measured:
    """Sum the length (km) of flagged lines; a line counts whole where its midpoint lies."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    chosen = choose(city, measure.of)
    truth = evaluate(measure.where, chosen.frame, city.data_year)
    columns = (*chosen.columns, *columns_of(chosen.layer, measure.where))
    if len(chosen.rows) and not truth.known.any():
        wanted = column_titles(chosen.layer, measure.where.columns)
        return Measured.without(State.MISSING, f"{wanted}均未知", columns)
    lengths = shapely.length(chosen.frame.geometry.to_numpy()) / KILOMETRE
    listed = np.where(truth.true, lengths, np.nan)
    parts = parts_of(city, chosen, np.where(truth.true, lengths, 0.0), known=truth.known, listed=listed)
    census = Census(int((~truth.known).sum()), len(chosen.rows), layer_schema(chosen.layer).title)
    return tell(Measured(State.KNOWN, Combination.SUM, 1.0, parts, columns), census)


def count_near(measure: CountNear, city: CityContext) -> Measured:
    """Count the features of a selection that have a feature of another within a straight-line distance."""
    absent = nothing_chosen(city, measure.of) or nothing_chosen(city, measure.near)
    if absent:
        return absent
    chosen = choose(city, measure.of)
    columns = (*chosen.columns, *columns_of(measure.near.layer, measure.near.among))
    if not len(choose(city, measure.of, inside=False).rows):
        title = layer_schema(chosen.layer).title
        return Measured.without(State.MISSING, f"“{title}”未登记本类，无法区分没有与未调查", columns)
    others = choose(city, measure.near, inside=False).frame.geometry.to_numpy()
    tree = shapely.STRtree(others)
    hits, _ = tree.query(chosen.frame.geometry.to_numpy(), predicate="dwithin", distance=measure.distance)
    flags = np.zeros(len(chosen.rows), bool)
    flags[hits] = True
    parts = parts_of(city, chosen, flags, listed=np.where(flags, 1.0, np.nan))
    return Measured(State.KNOWN, Combination.SUM, 1.0, parts, columns)
