"""Choosing features of a layer inside the scope, with what every part needs to know of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from huancheng.checkup.context import CityContext
from huancheng.checkup.context.evaluate import evaluate
from huancheng.checkup.operators.parts import Measured, Parts, make_parts
from huancheng.checkup.system.conditions import Condition, Selection
from huancheng.city.schema import column_titles, layer_schema
from huancheng.evidence import State


@dataclass(frozen=True)
class Chosen:
    """Features of a selection inside the scope.

    Parameters
    ----------
    layer
        Layer name.
    rows
        Positions in the layer.
    frame
        Those rows.
    columns
        Columns the selection read.
    undecided
        Features of which it is unknown whether they belong to the selection; they are left out and reported.
    """

    layer: str
    rows: npt.NDArray[np.intp]
    frame: gpd.GeoDataFrame
    columns: tuple[tuple[str, str], ...]
    undecided: int


def choose(city: CityContext, selection: Selection, *, inside: bool = True) -> Chosen:
    """Return the features of a selection, those inside the scope or, with `inside=False`, all of them."""
    frame = city.layer(selection.layer)
    truth = evaluate(selection.among, frame, city.data_year)
    here = city.place(selection.layer) >= 0 if inside else np.ones(len(frame), bool)
    rows = np.flatnonzero(truth.true & here)
    undecided = int((~truth.known & here).sum())
    return Chosen(selection.layer, rows, frame.iloc[rows], columns_of(selection.layer, selection.among), undecided)


def columns_of(layer: str, *conditions: Condition | None) -> tuple[tuple[str, str], ...]:
    """Return the columns that conditions on a layer read."""
    names = [name for condition in conditions if condition for name in condition.columns]
    return tuple((layer, name) for name in dict.fromkeys(names))


def parts_of(
    city: CityContext,
    chosen: Chosen,
    numerator: npt.NDArray[Any],
    *,
    denominator: npt.NDArray[Any] | None = None,
    known: npt.NDArray[np.bool_] | None = None,
    listed: npt.NDArray[Any] | None = None,
    atom: npt.NDArray[np.int32] | None = None,
) -> Parts:
    """Return chosen features as parts, each at its own point, in the atom of that point unless others are given."""
    return make_parts(
        chosen.layer,
        chosen.frame["id"].to_numpy(object),
        city.place(chosen.layer)[chosen.rows] if atom is None else atom,
        numerator,
        xy=shapely.get_coordinates(city.points(chosen.layer)[chosen.rows]),
        denominator=denominator,
        known=known,
        listed=listed,
        names=_names(chosen),
        estates=_estates(chosen),
    )


def _names(chosen: Chosen) -> npt.NDArray[Any] | None:
    return np.asarray(chosen.frame["name"].fillna("").to_numpy(object)) if "name" in chosen.frame else None


def _estates(chosen: Chosen) -> npt.NDArray[Any] | None:
    if chosen.layer == "estates":
        return np.asarray(chosen.frame["id"].to_numpy(object))
    return np.asarray(chosen.frame["estate_id"].fillna("").to_numpy(object)) if "estate_id" in chosen.frame else None


def nothing_chosen(city: CityContext, selection: Selection) -> Measured | None:
    """Return the reason why a selection can say nothing at all, or None where it can.

    A layer without rows, or whose selecting column is nowhere known, is not surveyed: missing, never zero.
    """
    title = layer_schema(selection.layer).title
    if not city.snapshot.has(selection.layer):
        return Measured.without(State.MISSING, f"快照无“{title}”图层", columns_of(selection.layer, selection.among))
    frame = city.layer(selection.layer)
    if not evaluate(selection.among, frame, city.data_year).known.any():
        columns = column_titles(selection.layer, (column for _, column in columns_of(selection.layer, selection.among)))
        note = f"“{title}”的{columns}均未知，无法选取"
        return Measured.without(State.MISSING, note, columns_of(selection.layer, selection.among))
    return None


def numbers(frame: gpd.GeoDataFrame, column: str) -> npt.NDArray[np.float64]:
    """Return a number column with NaN where it is missing."""
    return np.asarray(frame[column].to_numpy(np.float64, na_value=np.nan), np.float64)
