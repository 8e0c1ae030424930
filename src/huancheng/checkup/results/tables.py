"""Columns of the value store, and building its tables from measured figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from huancheng.checkup.context import ZONE_KINDS, CityContext
from huancheng.checkup.declared.reading import Declared
from huancheng.checkup.judgement.grading import CityClass, Verdict, judge
from huancheng.checkup.operators import Measured
from huancheng.checkup.results.breakdown import by_estate, by_zone, check_sums, city_sums, rows_of
from huancheng.checkup.results.provenance import shares_as_text, shares_of, weakest
from huancheng.checkup.system.indicator import Indicator
from huancheng.checkup.system.ruleset import Ruleset
from huancheng.city.schema import layer_titles
from huancheng.evidence import Channel, Provenance, State

VALUE_COLUMNS = (
    "indicator", "name", "group", "element", "unit", "scope_kind", "scope_id", "scope_name", "amount", "state",
    "provenance", "provenance_shares", "numerator", "denominator", "denominator_name", "as_of", "channel", "source",
    "operator", "target", "target_certainty", "grade", "grade_certainty", "direction", "note",
)  # fmt: skip
"""Columns of `values.parquet`; `amount`, `numerator` and `denominator` are numbers, the others text."""

FEATURE_COLUMNS = (
    "indicator", "layer", "feature_id", "amount", "county", "managed_area", "street", "community", "estate", "name",
    "x", "y",
)  # fmt: skip
"""Columns of `features.parquet`; zones and estates stand as ids, empty outside any."""

NUMBERS = frozenset({"amount", "numerator", "denominator", "x", "y"})


@dataclass(frozen=True)
class Figure:
    """One indicator with what was computed and what was declared.

    Parameters
    ----------
    indicator
        Entry of the system.
    measured
        What the operator found.
    declared
        What a bureau declared; None where nothing.
    """

    indicator: Indicator
    measured: Measured
    declared: Declared | None = None

    @property
    def declared_prevails(self) -> bool:
        """Whether the declared figure is the one value: always, unless the map gives a full figure of its own."""
        if self.declared is None or (self.declared.state is State.MISSING and self.measured.state is State.KNOWN):
            return False
        return not (self.indicator.computable == "full" and self.measured.state is State.KNOWN)


CORE_COLUMNS = ("scope_kind", "scope_id", "scope_name", "amount", "state", "numerator", "denominator")
CITY_ONLY = ("target", "target_certainty", "grade", "grade_certainty", "note")
"""Columns that stand on the city's row alone: a target or a grade is the city's, not a street's."""


def value_table(figures: Sequence[Figure], city: CityContext, rules: Ruleset, city_class: CityClass) -> pd.DataFrame:
    """Return the rows of all indicators: of each the city's first, then zone by zone, then estates.

    Raises
    ------
    RuntimeError
        If parts don't add up to the total: a defect of ours.
    """
    cores, heads = [], []
    for figure in figures:
        whole = figure.declared_prevails or figure.measured.state is not State.KNOWN
        core, head = _whole_city_only(figure, city) if whole else _every_scope(figure, city)
        first = core.iloc[0]
        amount = float(first["amount"]) if first["state"] == State.KNOWN.value else None
        parts = {} if whole else figure.measured.by_label
        verdict = judge(figure.indicator.id, amount, parts, city=city_class, targets=rules.targets, grades=rules.grades)
        head |= asdict(verdict) | _same_for_all(figure) | {"note": _note(figure, city, verdict)}
        cores.append(core)
        heads.append(head)
    table = pd.concat(cores, ignore_index=True)
    lengths = [len(core) for core in cores]
    for column in VALUE_COLUMNS:
        if column not in CORE_COLUMNS:
            table[column] = np.repeat(np.array([head[column] for head in heads], object), lengths)
    elsewhere = table["scope_kind"].to_numpy() != "city"
    for column in CITY_ONLY:
        table[column] = np.where(elsewhere, "", table[column].to_numpy())
    table["provenance"] = np.where(table["state"] == State.KNOWN.value, table["provenance"], "")
    return table[list(VALUE_COLUMNS)]


def _every_scope(figure: Figure, city: CityContext) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return the rows of a computed figure and what is the same for all of them."""
    measured = figure.measured
    total = city_sums(measured)
    city_row = rows_of(measured, total, "city", np.array([""], object), np.array([city.scope.name], object))
    zones = {kind: by_zone(measured, city.atoms, kind) for kind in measured.zonings if len(city.atoms.zones[kind])}
    check_sums(figure.indicator.id, measured, total, zones)
    rows = pd.concat([city_row, *zones.values(), by_estate(measured, city.estate_names)], ignore_index=True)
    shares = shares_of(city.snapshot, measured.columns)
    layers = sorted({layer for layer, _ in measured.columns}) or list(figure.indicator.inputs.layers)
    return rows, {
        "provenance": weakest(shares).value,
        "provenance_shares": shares_as_text(shares),
        "source": f"快照 {city.snapshot.manifest.name}：{layer_titles(layers)}",
        "as_of": city.snapshot.manifest.as_of,
        "denominator_name": measured.denominator_name,
    }


def _whole_city_only(figure: Figure, city: CityContext) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return the one row of a declared, missing or not applicable figure."""
    declared = figure.declared if figure.declared_prevails else None
    state = declared.state if declared else figure.measured.state
    amount = declared.amount if declared else None
    row = {
        "scope_kind": "city",
        "scope_id": "",
        "scope_name": figure.indicator.scope if declared else city.scope.name,
        "amount": np.nan if amount is None else amount,
        "state": state.value,
        "numerator": np.nan,
        "denominator": np.nan,
    }
    if declared:
        return pd.DataFrame([row]), {
            "provenance": Provenance.DECLARED.value,
            "provenance_shares": shares_as_text({}),
            "source": f"{declared.bureau}：{declared.source}",
            "as_of": declared.as_of,
            "denominator_name": figure.indicator.denominator,
        }
    return pd.DataFrame([row]), {
        "provenance": "",
        "provenance_shares": shares_as_text(shares_of(city.snapshot, figure.measured.columns)),
        "source": "",
        "as_of": city.snapshot.manifest.as_of,
        "denominator_name": figure.measured.denominator_name,
    }


def _same_for_all(figure: Figure) -> dict[str, Any]:
    indicator, measure = figure.indicator, figure.indicator.measure
    return {
        "indicator": indicator.id,
        "name": indicator.name,
        "group": indicator.group,
        "element": indicator.element,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "channel": Channel.SELF.value,
        "operator": measure.operator if measure and not figure.declared_prevails else "declared",
    }


def _note(figure: Figure, city: CityContext, verdict: Verdict) -> str:
    """Say in Chinese what a reader must know: why missing, how approximated, what else was said, how certain."""
    measured, declared, measure = figure.measured, figure.declared, figure.indicator.measure
    notes: list[str] = []
    if figure.declared_prevails and declared:
        notes.append(declared.note)
        if measured.state is State.KNOWN:
            total = city_sums(measured)
            own = rows_of(measured, total, "city", np.array([""], object), np.array([""], object)).iloc[0]
            notes.append(f"按快照计算为{own['amount']:.6g}{figure.indicator.unit}，以申报值为准")
    else:
        notes.append(measured.note)
        if measured.state is State.KNOWN:
            notes.append(city.scope.note)
            notes.append("；".join(f"{label} {value:.4g}" for label, value in measured.by_label.items()))
            if measure:
                notes.append(measure.approximation)
                badge = measure.certainty
                notes.append(f"计算参数：{badge.value}" if badge.needs_badge and measure.parameter_source else "")
        if declared and declared.amount is not None:
            notes.append(f"{declared.bureau}申报{declared.amount:.6g}{figure.indicator.unit}，以按快照计算值为准")
    if verdict.grade and figure.indicator.certainty.needs_badge:
        notes.append(f"指标：{figure.indicator.certainty.value}")
    return "；".join(text for text in notes if text)


def feature_rows(figure: Figure, city: CityContext) -> pd.DataFrame:
    """Return the listed features of one indicator with the zones each lies in; none where a declared value prevails."""
    parts = figure.measured.parts
    kept = np.isfinite(parts.listed)
    if figure.declared_prevails or not kept.any():
        return pd.DataFrame({column: [] for column in FEATURE_COLUMNS})
    data: dict[str, Any] = {
        "indicator": figure.indicator.id,
        "layer": parts.layer[kept],
        "feature_id": parts.ids[kept],
        "amount": parts.listed[kept],
    }
    for kind in ZONE_KINDS:
        code = city.atoms.codes[kind][parts.atom[kept]]
        data[kind] = np.append(city.atoms.zones[kind].ids, "")[code]
    data |= {"estate": parts.estates[kept], "name": parts.names[kept], "x": parts.x[kept], "y": parts.y[kept]}
    return pd.DataFrame(data)[list(FEATURE_COLUMNS)]
