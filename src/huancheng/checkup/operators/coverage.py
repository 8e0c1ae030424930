"""How much land, or how many residents, lie within reach of something."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.checkup.context import CityContext
from huancheng.checkup.context.cutting import uncovered_area
from huancheng.checkup.operators.choosing import choose, columns_of, nothing_chosen
from huancheng.checkup.operators.parts import Combination, Measured, make_parts
from huancheng.checkup.operators.ratios import PERCENT, SQUARE_KILOMETRE
from huancheng.checkup.system.measures import CoverageByArea, CoverageByPopulation, Supply
from huancheng.city.schema import layer_titles
from huancheng.evidence import State

CIRCLE_SEGMENTS = 32
"""Segments of a quarter circle: a polygon so drawn falls short of the circle's area by 0.04 %."""


def coverage_by_area(measure: CoverageByArea, city: CityContext) -> Measured:
    """Return the share of residential or construction land within reach; land out of reach is listed."""
    covers = []
    columns: tuple[tuple[str, str], ...] = ()
    reasons = []
    for supply in measure.supply:
        columns += columns_of(supply.layer, supply.among)
        absent = nothing_chosen(city, supply)
        if absent:
            reasons.append(absent.note)
            continue
        covers.append(_reach(supply, city))
    reach = np.concatenate(covers) if covers else np.empty(0, object)
    columns = tuple(dict.fromkeys(columns))
    if not len(reach):
        note = "；".join(dict.fromkeys(reasons)) or "快照未登记本类设施，无法区分没有与未调查"
        return Measured.without(State.MISSING, note, columns)
    land = city.residential_land if measure.demand == "residential_land" else city.construction_land
    if not len(land.ids):
        return Measured.without(State.MISSING, f"{city.scope.name}内{land.name}未知", columns)
    total = shapely.area(land.shapes) / SQUARE_KILOMETRE
    short = np.minimum(uncovered_area(land.shapes, reach) / SQUARE_KILOMETRE, total)
    xy = shapely.get_coordinates(shapely.point_on_surface(land.shapes))
    listed = np.where(short > 0, short, np.nan)
    parts = make_parts(land.layers[0], land.ids, land.atom, total - short, denominator=total, xy=xy, listed=listed)
    name = f"{city.scope.name}内{land.name}面积（{layer_titles(land.layers)}）"
    return Measured(State.KNOWN, Combination.RATIO, PERCENT, parts, columns, name, land.note, listed_is_complement=True)


def _reach(supply: Supply, city: CityContext) -> npt.NDArray[Any]:
    """Return the ground each feature of the supply covers; features outside the scope serve it too."""
    shapes = choose(city, supply, inside=False).frame.geometry.to_numpy()
    if supply.bands:
        sizes = shapely.area(shapes)
        radii = np.full(len(shapes), np.nan)
        for band in supply.bands:
            fits = (sizes >= band.at_least) & (sizes < (np.inf if band.below is None else band.below))
            radii[fits] = band.radius
        shapes, radii = shapes[np.isfinite(radii)], radii[np.isfinite(radii)]
        return np.asarray(shapely.buffer(shapes, radii, quad_segs=CIRCLE_SEGMENTS))
    if supply.service_area is not None:
        radius = float(np.sqrt(supply.service_area / np.pi))
    else:
        radius = float(supply.radius or 0.0)
    if len(shapes) and shapely.get_dimensions(shapes[0]) == 1:
        shapes = shapely.get_parts(shapely.line_merge(shapely.union_all(shapes)))
    return np.asarray(shapely.buffer(shapes, radius, quad_segs=CIRCLE_SEGMENTS))


def coverage_by_population(measure: CoverageByPopulation, city: CityContext) -> Measured:
    """Return the share of residents within a straight-line distance of the supply."""
    columns = columns_of(measure.supply.layer, measure.supply.among)
    absent = nothing_chosen(city, measure.supply)
    if absent:
        return absent
    chosen = choose(city, measure.supply, inside=False)
    if not len(chosen.rows):
        words = {"missing": "快照未登记本类设施", "not_applicable": "本市没有本类设施"}
        return Measured.without(State(measure.none_means), words[measure.none_means], columns)
    residents = city.residents
    if not residents.total:
        return Measured.without(State.MISSING, "常住人口未知", columns)
    served = np.zeros(len(residents.ids), bool)
    tree = shapely.STRtree(residents.points)
    near = tree.query(chosen.frame.geometry.to_numpy(), predicate="dwithin", distance=measure.distance)[1]
    served[near] = True
    parts = make_parts(
        residents.layer, residents.ids, residents.atom, np.where(served, residents.persons, 0.0),
        denominator=residents.persons, xy=shapely.get_coordinates(residents.points),
    )  # fmt: skip
    columns = (*columns, (residents.layer, residents.column))
    return Measured(State.KNOWN, Combination.RATIO, PERCENT, parts, columns, residents.name)
