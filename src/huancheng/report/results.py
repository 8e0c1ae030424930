"""What a report draws from: the value store of each check-up run, read once and never computed upon.

The report sorts, selects and prints stored values; where a figure is not stored, it is not printed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from huancheng.evidence import Certainty, InputFault, State
from huancheng.report.numerals import badge

if TYPE_CHECKING:
    from huancheng.checkup import CheckupRun

VALUE_COLUMNS = (
    "indicator", "name", "group", "element", "unit", "scope_kind", "scope_id", "scope_name", "amount", "state",
    "provenance", "provenance_shares", "numerator", "denominator", "denominator_name", "as_of", "channel", "source",
    "operator", "target", "target_certainty", "grade", "grade_certainty", "direction", "note",
)  # fmt: skip
"""Columns of the value store that the report reads."""

SCOPE_LABELS = {
    "city": "全市（建成区）", "county": "县（市、区）", "managed_area": "管辖区", "street": "街道",
    "community": "社区", "estate": "小区", "building": "楼栋",
}  # fmt: skip
"""Words for the kinds of scope, from the widest down."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator says and how sure its name and definition are."""

    text: str
    certainty: str = Certainty.READ
    owner: str = ""
    computable: str = ""


@dataclass(frozen=True)
class SystemResults:
    """One check-up run under one indicator system.

    Parameters
    ----------
    system, title
        Id and official title of the system.
    grouping
        Word for its groups: 维度 or 层级.
    groups
        Groups in the official order.
    store
        The value store, one row for each indicator, scope and channel (`VALUE_COLUMNS`).
    features
        Features behind the counts (indicator, layer, feature_id, amount, name, x, y and their areas).
    problems, actions
        The two lists as stored.
    definitions
        Definition of each indicator.
    sizes
        Official words for the size classes of cities, by name.
    basis
        Legal basis of the system, with its badge where unverified.
    meta
        The run's own record.
    """

    system: str
    title: str
    grouping: str
    groups: tuple[str, ...]
    store: pd.DataFrame = field(repr=False)
    features: pd.DataFrame = field(repr=False)
    problems: pd.DataFrame = field(repr=False)
    actions: pd.DataFrame = field(repr=False)
    definitions: Mapping[str, Definition] = field(default_factory=dict, repr=False)
    basis: str = ""
    sizes: Mapping[str, str] = field(default_factory=dict, repr=False)
    meta: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Refuse a value store that lacks a column."""
        lacking = [column for column in VALUE_COLUMNS if column not in self.store.columns]
        if lacking:
            message = f"the value store of {self.system} lacks {', '.join(lacking)}"
            raise InputFault(message, cure="run the check-up anew with this version")

    @property
    def year(self) -> str:
        """Year of the system as printed: the digits of its id."""
        digits = "".join(character for character in self.system if character.isdigit())
        return digits[:4]

    def city(self, group: str | None = None) -> pd.DataFrame:
        """Return the rows of the whole city (self-check first where channels coexist), of one group if named."""
        rows = self.store[self.store["scope_kind"] == "city"]
        return rows if group is None else rows[rows["group"] == group]

    def by_scope(self, kind: str, indicator: str | None = None) -> pd.DataFrame:
        """Return the rows of one kind of scope."""
        rows = self.store[self.store["scope_kind"] == kind]
        return rows if indicator is None else rows[rows["indicator"] == indicator]

    def known(self) -> pd.DataFrame:
        """Return the city's rows that have a figure."""
        rows = self.city()
        return rows[rows["state"] == State.KNOWN.value]

    def listed(self, indicator: str) -> pd.DataFrame:
        """Return the features behind an indicator."""
        return self.features[self.features["indicator"] == indicator]


def shares_of(cell: object) -> dict[str, dict[str, float]]:
    """Return the provenance shares of each column read (`layer.column`), kept as JSON in a cell."""
    if not isinstance(cell, str) or not cell:
        return {}
    return {
        column: {str(name): float(share) for name, share in shares.items()}
        for column, shares in json.loads(cell).items()
    }


def words(cell: object) -> str:
    """Return a cell as text; a missing one as no text."""
    return "" if cell is None or pd.isna(cell) else str(cell)  # type: ignore[call-overload]


def number(cell: object) -> float | None:
    """Return a cell as a number, or None where it is missing."""
    return None if cell is None or pd.isna(cell) else float(cell)  # type: ignore[call-overload,arg-type]


def read_runs(runs: Sequence[CheckupRun]) -> list[SystemResults]:
    """Read finished check-up runs for a report, in the order given.

    Definitions come from the pack; where its text is another today than when the run was made, they are left out, and
    every name is printed as unverified.
    """
    return [_read(run) for run in runs]


def _read(run: CheckupRun) -> SystemResults:
    from huancheng.checkup.system.ruleset import load_ruleset

    system = run.meta["system"]
    rules = load_ruleset(system["id"], run.meta["pack"]["id"])
    same_text = rules.pack.digest == run.meta["pack"]["digest"]
    definitions = {
        item.id: Definition(item.definition, item.certainty.value, item.owner, item.computable)
        for item in rules.system.indicators
        if same_text
    }
    basis = f"{system['source']}{badge(system['certainty'])}" if system["source"] else ""
    return SystemResults(
        system["id"], system["title"], system["grouping"], tuple(group["name"] for group in system["groups"]),
        run.values, run.features, run.problems, run.actions, definitions, basis, rules.cities.sizes, run.meta,
    )  # fmt: skip
