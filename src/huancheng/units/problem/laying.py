"""Laying the ground: the figures of blocks, what their borders mean under a profile, what ties them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.evidence import InputFault
from huancheng.policy.provisions.unit_rules import CompletenessRule, TogetherRule, UnitRules, ZoneRule
from huancheng.units.problem.ground import UNKNOWN_ZONE, Ground, Link, Words
from huancheng.units.problem.pairs import sum_pairs
from huancheng.units.solver import FloatArray

QUANTITIES = ("area", "population", "households", "floor_area", "title_area", "legal_area")
_DECIMALS = {"area": 3, "population": 3, "households": 3, "floor_area": 2, "title_area": 2, "legal_area": 2}
_PROBLEMS = "problems:"
_HECTARE = 10_000.0


@dataclass(frozen=True)
class GroundTables:
    """What is known beside the blocks.

    Parameters
    ----------
    links
        `rule`, `name`, `block`: what belongs together, by id of the rule.
    residents
        `block`, `facility`, `residents`, `beyond`: people, and those beyond the walking limit.
    locks
        `block`, `unit`: blocks of units that stay as they are.
    """

    links: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["rule", "name", "block"]))
    residents: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["block", "facility", "residents", "beyond"])
    )
    locks: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["block", "unit"]))


def lay_ground(
    frame: gpd.GeoDataFrame, borders: pd.DataFrame, rules: UnitRules, tables: GroundTables | None = None
) -> Ground:
    """Return the ground.

    Parameters
    ----------
    frame
        Blocks: `id`, `area`, geometry in a metric CRS, and what is known of `population`, `households`, `floor_area`,
        `title_area`, `legal_area`, `district`, `plan_unit` and `problems:<type>`.
    borders
        `a`, `b`, `length`, `along`, `separator`, `bridge`.
    rules
        The profile, with its numbers.
    tables
        What is known beside the blocks.

    Raises
    ------
    InputFault
        If there is no block, a border or table names a block that is not there, or an id stands twice.
    """
    tables = tables or GroundTables()
    if frame.empty:
        raise InputFault("there is no block to draw units from", file="blocks", cure="build blocks of a larger scope")
    ids = tuple(str(name) for name in frame["id"])
    number = {name: position for position, name in enumerate(ids)}
    if len(number) < len(ids):
        raise InputFault("a block's id stands twice", file="blocks", field="id", cure="build the blocks anew")
    for name, table, columns in (
        ("borders", borders, ("a", "b")), ("locks", tables.locks, ("block",)),
        ("residents", tables.residents, ("block",)),
    ):  # fmt: skip
        _demand_blocks(name, table, columns, number)
    centres = shapely.get_coordinates(shapely.centroid(frame.geometry.to_numpy()))
    quantities = {name: _figures(frame, name).round(_DECIMALS[name]) for name in QUANTITIES}
    names, profile = _problem_profile(frame, quantities["area"])
    return Ground(
        ids, centres.round(2), quantities, names, profile,
        {rule.by: _zone_names(frame, rule.by) for rule in rules.of(ZoneRule)},
        _links(tables.links, rules, number), _residents(tables.residents, rules, number),
        _locks(tables.locks, number), sum_pairs(borders, number, rules),
    )  # fmt: skip


def _demand_blocks(name: str, table: pd.DataFrame, columns: tuple[str, ...], number: Mapping[str, int]) -> None:
    for column in columns:
        strange = table.loc[~table[column].isin(list(number)), column]
        if len(strange):
            raise InputFault(
                f"{strange.iloc[0]!r} is no block", file=name, field=column, cure="name blocks of the same run"
            )


def _figures(frame: gpd.GeoDataFrame, name: str) -> FloatArray:
    if name not in frame.columns:
        return np.full(len(frame), np.nan)
    return np.asarray(frame[name].to_numpy(dtype=np.float64, na_value=np.nan))


def _problem_profile(frame: gpd.GeoDataFrame, area: FloatArray) -> tuple[tuple[str, ...], FloatArray]:
    """Return problems per hectare, each type standardised, their sum of weights one; what is missing counts as none."""
    names, columns = [], []
    for column in sorted(name for name in frame.columns if name.startswith(_PROBLEMS) and "__" not in name):
        density = np.nan_to_num(_figures(frame, column)) / area * _HECTARE
        if density.std() > 0:
            names.append(column.removeprefix(_PROBLEMS))
            columns.append((density - density.mean()) / density.std())
    if not columns:
        return (), np.zeros((len(frame), 0))
    return tuple(names), (np.column_stack(columns) / len(columns)).round(9)


def _zone_names(frame: gpd.GeoDataFrame, kind: str) -> Words:
    if kind not in frame.columns:
        return np.full(len(frame), "", dtype=object)
    column = frame[kind].astype("string")
    if column.isna().all():
        return np.full(len(frame), "", dtype=object)
    return np.asarray(column.fillna(UNKNOWN_ZONE), dtype=object)


def _links(table: pd.DataFrame, rules: UnitRules, number: Mapping[str, int]) -> tuple[Link, ...]:
    known = {rule.id for rule in rules.of(TogetherRule)}
    inside = table[table["rule"].isin(known) & table["block"].isin(list(number))]
    links = []
    for (rule, name), rows in inside.groupby(["rule", "name"], sort=True):
        members = tuple(sorted({number[block] for block in rows["block"]}))
        if len(members) > 1:
            links.append(Link(str(rule), str(name), members))
    return tuple(links)


def _residents(
    table: pd.DataFrame, rules: UnitRules, number: Mapping[str, int]
) -> dict[str, tuple[FloatArray, FloatArray]]:
    found = {}
    for rule in rules.of(CompletenessRule):
        rows = table[table["facility"] == rule.facility]
        residents, beyond = np.full(len(number), np.nan), np.full(len(number), np.nan)
        place = rows["block"].map(number).to_numpy(dtype=np.int64)
        residents[place] = rows["residents"].to_numpy(dtype=np.float64).round(3)
        beyond[place] = rows["beyond"].to_numpy(dtype=np.float64).round(3)
        found[rule.facility] = (residents, beyond)
    return found


def _locks(table: pd.DataFrame, number: Mapping[str, int]) -> Words:
    locked = np.full(len(number), "", dtype=object)
    for block, unit in zip(table["block"], table["unit"], strict=True):
        locked[number[str(block)]] = str(unit)
    return locked
