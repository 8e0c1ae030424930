"""Areas: shares of ground, clusters, dense blocks, dense sites."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.checkup.context import CityContext
from huancheng.checkup.context.cutting import uncovered_area
from huancheng.checkup.context.evaluate import evaluate
from huancheng.checkup.operators.census import Census, tell
from huancheng.checkup.operators.choosing import choose, columns_of, nothing_chosen, numbers, parts_of
from huancheng.checkup.operators.parts import Combination, Measured, make_parts
from huancheng.checkup.operators.ratios import PERCENT, SQUARE_KILOMETRE
from huancheng.checkup.system.conditions import Selection
from huancheng.checkup.system.measures import AreaShare, AreaWhere, DenseLand, DenseSites, MaxArea
from huancheng.evidence import State


def area_share(measure: AreaShare, city: CityContext) -> Measured:
    """Return the share of the scope, of its counties, or of the selection that polygons cover; overlaps count once."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    chosen = choose(city, measure.of, inside=False)
    truth = evaluate(measure.where, chosen.frame, city.data_year)
    columns = (*chosen.columns, *columns_of(chosen.layer, measure.where))
    if not len(chosen.rows) or not truth.known.any():
        return Measured.without(State.MISSING, "快照未登记本类范围，无法区分没有与未调查", columns)
    if measure.whole == "selection":
        shapes = chosen.frame.geometry.to_numpy()
        inside = choose(city, measure.of)
        truth = evaluate(measure.where, inside.frame, city.data_year)
        areas = shapely.area(inside.frame.geometry.to_numpy()) / SQUARE_KILOMETRE
        parts = parts_of(
            city, inside, np.where(truth.true, areas, 0.0), denominator=areas, known=truth.known,
            listed=np.where(truth.true, np.nan, areas),
        )  # fmt: skip
        name = f"{city.scope.name}内登记范围的面积"
    elif measure.whole == "counties":
        return _share_of_counties(city, columns)
    else:
        shapes = chosen.frame.geometry.to_numpy()[truth.true]
        ground = city.atoms.polygons
        areas = shapely.area(ground) / SQUARE_KILOMETRE
        short = np.minimum(uncovered_area(ground, shapes) / SQUARE_KILOMETRE, areas)
        ids = np.array([f"scope-{number:05d}" for number in range(1, len(ground) + 1)], object)
        xy = shapely.get_coordinates(shapely.point_on_surface(ground))
        parts = make_parts(
            city.scope.layer, ids, np.arange(len(ground), dtype=np.int32), areas - short, denominator=areas, xy=xy,
            listed=np.where(short > 0, short, np.nan),
        )  # fmt: skip
        name = f"{city.scope.name}面积"
    return Measured(State.KNOWN, Combination.RATIO, PERCENT, parts, columns, name, listed_is_complement=True)


def _share_of_counties(city: CityContext, columns: tuple[tuple[str, str], ...]) -> Measured:
    """Return the scope's share of the counties it lies in."""
    counties = city.atoms.zones["county"]
    code = city.atoms.codes["county"]
    areas = shapely.area(city.atoms.polygons) / SQUARE_KILOMETRE
    held = code >= 0
    if not held.any():
        return Measured.without(State.MISSING, "快照无县级行政区，市辖区面积未知", columns)
    first = np.unique(code[held], return_index=True)
    whole = np.zeros(len(areas))
    whole[np.flatnonzero(held)[first[1]]] = counties.whole_area[first[0]] / SQUARE_KILOMETRE
    ids = np.array([f"scope-{number:05d}" for number in range(1, len(areas) + 1)], object)
    xy = shapely.get_coordinates(shapely.point_on_surface(city.atoms.polygons))
    parts = make_parts(
        city.scope.layer,
        ids,
        np.arange(len(areas), dtype=np.int32),
        np.where(held, areas, 0.0),
        denominator=whole,
        xy=xy,
    )
    columns = (*columns, ("divisions", "level"))
    name = f"{city.scope.name}所在县级行政区面积"
    return Measured(State.KNOWN, Combination.RATIO, PERCENT, parts, columns, name, zonings=("county",))


def max_area(measure: MaxArea, city: CityContext) -> Measured:
    """Return the largest part's area (km²); every part is listed."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    chosen = choose(city, measure.of)
    areas = shapely.area(chosen.frame.geometry.to_numpy()) / SQUARE_KILOMETRE
    parts = parts_of(city, chosen, areas, listed=areas)
    note = f"共{len(areas)}个组团，逐一列出，取最大者"
    return Measured(State.KNOWN, Combination.MAXIMUM, 1.0, parts, chosen.columns, note=note)


def area_where(measure: AreaWhere, city: CityContext) -> Measured:
    """Return the area (km²) of blocks whose resident density lies above or below a bound."""
    absent = nothing_chosen(city, Selection(layer="blocks"))
    if absent:
        return absent
    residents = city.residents
    columns = (("blocks", "area"), (residents.layer, residents.column))
    if not residents.total:
        return Measured.without(State.MISSING, "常住人口未知", columns)
    blocks = choose(city, Selection(layer="blocks"))
    shapes = blocks.frame.geometry.to_numpy()
    areas = shapely.area(shapes) / SQUARE_KILOMETRE
    block, person = shapely.STRtree(residents.points).query(shapes, predicate="intersects")
    persons = np.bincount(block, residents.persons[person], minlength=len(shapes))
    crowd = persons / np.where(areas > 0, areas, 1.0)
    flags = (persons > 0) & (areas > 0)
    if measure.above is not None:
        flags &= crowd > measure.above
    if measure.below is not None:
        flags &= crowd < measure.below
    parts = parts_of(city, blocks, np.where(flags, areas, 0.0), listed=np.where(flags, areas, np.nan))
    return Measured(State.KNOWN, Combination.SUM, 1.0, parts, columns)


def dense_land(measure: DenseLand, city: CityContext) -> Measured:
    """Return the share of estates' ground that is densely built."""
    selection = Selection(layer="estates", among=measure.among)
    absent = nothing_chosen(city, selection) or nothing_chosen(city, Selection(layer="buildings"))
    if absent:
        return absent
    estates = choose(city, selection)
    columns = (*estates.columns, ("buildings", "floors")) if measure.mean_floors_above else estates.columns
    if not len(estates.rows):
        return Measured.without(State.NOT_APPLICABLE, "范围内没有本项所指的小区", columns)
    shapes = estates.frame.geometry.to_numpy()
    areas = shapely.area(shapes) / SQUARE_KILOMETRE
    site = _built(city, shapes)
    dense = site.coverage > measure.coverage_above
    known = np.ones(len(areas), bool)
    if measure.mean_floors_above is not None:
        known = np.isfinite(site.floors) | ~dense
        dense &= np.nan_to_num(site.floors) > measure.mean_floors_above
    parts = parts_of(
        city,
        estates,
        np.where(dense, areas, 0.0),
        denominator=areas,
        known=known,
        listed=np.where(dense, areas, np.nan),
    )
    census = Census(int((~known).sum()), len(known), "小区")
    name = f"{city.scope.name}内所指小区用地面积"
    return tell(Measured(State.KNOWN, Combination.RATIO, PERCENT, parts, columns, name), census)


def dense_sites(measure: DenseSites, city: CityContext) -> Measured:
    """Return the share of facilities whose site is densely built; a facility on no known site is unknown."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    facilities = choose(city, measure.of)
    layer = "land_use" if city.snapshot.has("land_use") else "parcels"
    sites = city.shapes(layer)
    if not len(facilities.rows) or not len(sites):
        return Measured.without(State.MISSING, "没有本类设施，或没有用地图斑与地块", facilities.columns)
    site, held = shapely.STRtree(facilities.frame.geometry.to_numpy()).query(sites, predicate="intersects")
    own = np.full(len(facilities.rows), -1)
    own[held[::-1]] = site[::-1]
    known = own >= 0
    if not known.any():
        return Measured.without(State.MISSING, "设施不在任何用地图斑或地块内", facilities.columns)
    chosen_sites, position = np.unique(own[known], return_inverse=True)
    coverage = np.zeros(len(own))
    coverage[known] = _built(city, sites[chosen_sites]).coverage[position]
    dense = coverage > measure.coverage_above
    parts = parts_of(
        city, facilities, dense, denominator=np.ones(len(own)), known=known, listed=np.where(dense, 1.0, np.nan)
    )
    census = Census(int((~known).sum()), len(known), "设施")
    name = f"{city.scope.name}内本类设施数"
    return tell(Measured(State.KNOWN, Combination.RATIO, PERCENT, parts, facilities.columns, name), census)


class _Site:
    """Building coverage (0 to 1) and mean floors, weighted by footprint, of each site."""

    def __init__(self, coverage: npt.NDArray[np.float64], floors: npt.NDArray[np.float64]) -> None:
        self.coverage = coverage
        self.floors = floors


def _built(city: CityContext, shapes: npt.NDArray[Any]) -> _Site:
    """Add up the footprints whose point lies in each shape."""
    site, building = shapely.STRtree(city.points("buildings")).query(shapes, predicate="intersects")
    footprints = shapely.area(city.shapes("buildings"))[building]
    floors = numbers(city.layer("buildings"), "floors")[building]
    known = np.isfinite(floors)
    built = np.bincount(site, footprints, minlength=len(shapes))
    weighted = np.bincount(site[known], (footprints * floors)[known], minlength=len(shapes))
    weight = np.bincount(site[known], footprints[known], minlength=len(shapes))
    mean = np.divide(weighted, weight, out=np.full(len(shapes), np.nan), where=weight > 0)
    return _Site(built / shapely.area(shapes), mean)
