"""Shares, means and figures per resident or per square kilometre."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.checkup.context import CityContext
from huancheng.checkup.context.cutting import share_lines
from huancheng.checkup.context.evaluate import evaluate
from huancheng.checkup.operators.census import Census, tell
from huancheng.checkup.operators.choosing import Chosen, choose, columns_of, nothing_chosen, numbers, parts_of
from huancheng.checkup.operators.counts import KILOMETRE
from huancheng.checkup.operators.parts import Combination, Measured, Parts, join_parts, make_parts
from huancheng.checkup.system.measures import Density, Mean, PerCapita, Ratio
from huancheng.city.schema import column_title, column_titles, layer_schema
from huancheng.evidence import State

PERCENT = 100.0
SQUARE_KILOMETRE = 1e6

Columns = tuple[tuple[str, str], ...]


def ratio(measure: Ratio, city: CityContext) -> Measured:
    """Return the share of the selections' weight for which a condition holds."""
    collected: list[Parts] = []
    columns: Columns = ()
    censuses: list[Census] = []
    reasons: list[str] = []
    for part in measure.parts:
        absent = nothing_chosen(city, part)
        if absent:
            reasons.append(absent.note)
            columns += absent.columns
            continue
        chosen = choose(city, part)
        truth = evaluate(part.where, chosen.frame, city.data_year)
        columns += (*chosen.columns, *columns_of(chosen.layer, part.where))
        weights, sure = _weights(measure, chosen)
        known = truth.known & sure
        title = layer_schema(chosen.layer).title
        if len(chosen.rows) and not known.any():
            reasons.append(f"“{title}”的{column_titles(chosen.layer, part.where.columns)}均未知")
            continue
        weights = np.where(sure, weights, 0.0)
        numerator = np.where(truth.true, weights, 0.0)
        short = np.where(truth.true, np.nan, weights)
        collected.append(parts_of(city, chosen, numerator, denominator=weights, known=known, listed=short))
        censuses.append(Census(int((~known).sum()), len(known), title))
    columns = tuple(dict.fromkeys(columns))
    if not collected:
        return Measured.without(State.MISSING, "；".join(reasons), columns)
    parts = join_parts(collected)
    if measure.over == "residents":
        return _over_residents(city, parts, columns)
    if not parts.known.any():
        word = "范围内没有本项所指的对象"
        return Measured.without(State(measure.empty_means), "；".join((word, *reasons)), columns)
    words = {"count": "数量", "length": "长度", "area": "面积", "population": "常住人口"}
    titles = "、".join(dict.fromkeys(layer_schema(part.layer).title for part in measure.parts))
    name = f"{city.scope.name}内所指{titles}{words[measure.weight]}"
    note = "；".join(reasons)
    figure = Measured(State.KNOWN, Combination.RATIO, PERCENT, parts, columns, name, note, listed_is_complement=True)
    return tell(figure, *censuses)


def _weights(measure: Ratio, chosen: Chosen) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    count = len(chosen.rows)
    if measure.weight == "length":
        return shapely.length(chosen.frame.geometry.to_numpy()) / KILOMETRE, np.ones(count, bool)
    if measure.weight == "area":
        return shapely.area(chosen.frame.geometry.to_numpy()), np.ones(count, bool)
    if measure.weight == "population":
        persons = numbers(chosen.frame, "population")
        return persons, np.isfinite(persons)
    return np.ones(count), np.ones(count, bool)


def _over_residents(city: CityContext, parts: Parts, columns: Columns) -> Measured:
    """Divide by all residents of the scope instead of the selection."""
    residents = city.residents
    if not residents.total:
        return Measured.without(State.MISSING, "常住人口未知", columns)
    zero = np.zeros(len(residents.ids))
    whole = make_parts(
        residents.layer, residents.ids, residents.atom, zero, xy=shapely.get_coordinates(residents.points),
        denominator=residents.persons,
    )  # fmt: skip
    counted = make_parts(
        parts.layer, parts.ids, parts.atom, parts.numerator, xy=np.column_stack([parts.x, parts.y]), known=parts.known,
        listed=np.where(parts.numerator > 0, parts.numerator, np.nan), names=parts.names, estates=parts.estates,
    )  # fmt: skip
    columns = tuple(dict.fromkeys((*columns, (residents.layer, residents.column))))
    return Measured(State.KNOWN, Combination.RATIO, PERCENT, join_parts([counted, whole]), columns, residents.name)


def per_capita(measure: PerCapita, city: CityContext) -> Measured:
    """Return the sum of a column per so many residents."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    chosen = choose(city, measure.of)
    amounts = numbers(chosen.frame, measure.column)
    known = np.isfinite(amounts)
    residents = city.residents
    columns = tuple(
        dict.fromkeys((*chosen.columns, (chosen.layer, measure.column), (residents.layer, residents.column)))
    )
    if not residents.total:
        return Measured.without(State.MISSING, "常住人口未知", columns)
    if not len(choose(city, measure.of, inside=False).rows):
        return Measured.without(State.MISSING, "快照未登记本类设施，无法区分没有与未调查", columns)
    if len(known) and not known.any():
        return Measured.without(State.MISSING, f"设施的{column_title(chosen.layer, measure.column)}均未知", columns)
    amounts = np.where(known, amounts, 0.0)
    supply = parts_of(city, chosen, amounts, known=known)
    demand = make_parts(
        residents.layer, residents.ids, residents.atom, np.zeros(len(residents.ids)),
        xy=shapely.get_coordinates(residents.points), denominator=residents.persons,
    )  # fmt: skip
    census = Census(int((~known).sum()), len(known), "设施")
    parts = join_parts([supply, demand])
    return tell(Measured(State.KNOWN, Combination.RATIO, measure.persons, parts, columns, residents.name), census)


def density(measure: Density, city: CityContext) -> Measured:
    """Return the number or length (km) of features per km² of the scope; lines are cut at its borders."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    columns = columns_of(measure.of.layer, measure.of.among)
    chosen = choose(city, measure.of, inside=measure.amount == "count")
    if measure.amount == "count":
        counted = parts_of(city, chosen, np.ones(len(chosen.rows)), listed=np.ones(len(chosen.rows)))
    else:
        counted = _lengths(city, chosen)
    ground = _ground(city)
    census = Census(chosen.undecided, chosen.undecided + len(chosen.rows), layer_schema(chosen.layer).title)
    name = f"{city.scope.name}面积"
    parts = join_parts([counted, ground])
    return tell(Measured(State.KNOWN, Combination.RATIO, 1.0, parts, columns, name), census)


def _ground(city: CityContext) -> Parts:
    """Return the scope's area (km²) as denominators, one part for each atom."""
    polygons = city.atoms.polygons
    count = len(polygons)
    return make_parts(
        city.scope.layer,
        np.full(count, "", object),
        np.arange(count, dtype=np.int32),
        np.zeros(count),
        xy=shapely.get_coordinates(shapely.point_on_surface(polygons)),
        denominator=shapely.area(polygons) / SQUARE_KILOMETRE,
    )


def _lengths(city: CityContext, chosen: Chosen) -> Parts:
    shared = share_lines(chosen.frame.geometry.to_numpy(), city.atoms.polygons, city.scope.polygons)
    points = city.points(chosen.layer)[chosen.rows][shared.owner]
    ids = chosen.frame["id"].to_numpy(object)[shared.owner]
    return make_parts(chosen.layer, ids, shared.atom, shared.metres / KILOMETRE, xy=shapely.get_coordinates(points))


def mean(measure: Mean, city: CityContext) -> Measured:
    """Return the length-weighted mean of a street column, overall and by class."""
    absent = nothing_chosen(city, measure.of)
    if absent:
        return absent
    chosen = choose(city, measure.of)
    values = numbers(chosen.frame, measure.column)
    known = np.isfinite(values)
    columns = (*chosen.columns, (chosen.layer, measure.column))
    if not known.any():
        return Measured.without(State.MISSING, f"{column_title(chosen.layer, measure.column)}均未知", columns)
    lengths = shapely.length(chosen.frame.geometry.to_numpy()) / KILOMETRE
    values = np.where(known, values, 0.0)
    parts = parts_of(city, chosen, values * lengths, denominator=lengths, known=known)
    by_label = {}
    if measure.by:
        labels = chosen.frame[measure.by].fillna("").to_numpy(object)
        schema = layer_schema(chosen.layer).columns[measure.by]
        for code in sorted(set(labels[known])):
            here = known & (labels == code)
            by_label[schema.label(str(code))] = float((values * lengths)[here].sum() / lengths[here].sum())
    census = Census(int((~known).sum()), len(known), "路段")
    name = "所指道路长度"
    return tell(Measured(State.KNOWN, Combination.RATIO, 1.0, parts, columns, name, by_label=by_label), census)
