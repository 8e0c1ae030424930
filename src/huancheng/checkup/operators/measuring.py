"""Which operator computes which measure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huancheng.checkup.context import CityContext
from huancheng.checkup.operators.areas import area_share, area_where, dense_land, dense_sites, max_area
from huancheng.checkup.operators.counts import (
    column_sum,
    count_flagged,
    count_near,
    event_count,
    gap_sum,
    length_sum,
    registered_count,
)
from huancheng.checkup.operators.coverage import coverage_by_area, coverage_by_population
from huancheng.checkup.operators.divisions import count_lacking, zones_having
from huancheng.checkup.operators.estates import count_unserved, places_gap
from huancheng.checkup.operators.parts import Measured
from huancheng.checkup.operators.ratios import density, mean, per_capita, ratio
from huancheng.checkup.system.indicator import Indicator
from huancheng.checkup.system.measures import EventCount
from huancheng.evidence import State

OPERATORS: dict[str, Callable[[Any, CityContext], Measured]] = {
    "count_flagged": count_flagged,
    "registered_count": registered_count,
    "count_unserved": count_unserved,
    "count_lacking": count_lacking,
    "zones_having": zones_having,
    "count_near": count_near,
    "sum": column_sum,
    "gap_sum": gap_sum,
    "places_gap": places_gap,
    "length_sum": length_sum,
    "coverage_by_area": coverage_by_area,
    "coverage_by_population": coverage_by_population,
    "ratio": ratio,
    "area_share": area_share,
    "per_capita": per_capita,
    "density": density,
    "area_where": area_where,
    "mean": mean,
    "max_area": max_area,
    "dense_land": dense_land,
    "dense_sites": dense_sites,
}
"""Operators by name; `event_count` alone also needs the indicator's id and name."""


def measure_indicator(indicator: Indicator, city: CityContext) -> Measured:
    """Compute one indicator, or say why it is missing or not applicable.

    Parameters
    ----------
    indicator
        Entry of an indicator system.
    city
        The city.
    """
    measure = indicator.measure
    if measure is None:
        return Measured.without(State.MISSING, "须由责任部门申报")
    size = str(city.snapshot.manifest.city.get("size_class", ""))
    if measure.city_sizes:
        if not size:
            return Measured.without(State.MISSING, "城市规模等级未知，无法判断是否适用")
        if size not in measure.city_sizes:
            return Measured.without(State.NOT_APPLICABLE, "本指标不适用于本市的城市规模等级")
    if isinstance(measure, EventCount):
        return event_count(measure, city, indicator.id, indicator.name)
    return OPERATORS[measure.operator](measure, city)
