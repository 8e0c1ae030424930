"""The red lines against mass demolition, tested at unit and project level through the pack's decision table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from huancheng.planning.unit_form import PlannedProject
from huancheng.planning.unit_plan.indicators import total_of
from huancheng.policy.book import PolicyBook
from huancheng.policy.conditions.describe import say_value
from huancheng.policy.facts import NOT_APPLICABLE
from huancheng.policy.tables.model import Row

TABLE = "red_lines_63"
CITY_WIDE = "rent_growth"
"""A line of the whole city: watched there, not tested on a unit."""


class LineState(StrEnum):
    """What is known of one line at one level."""

    HELD = "held"
    BREACH = "breach"
    WARNING = "warning"
    NEEDS_DATA = "needs_data"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The word an officer reads."""
        return _WORDS[self]


_WORDS = {
    LineState.HELD: "未突破",
    LineState.BREACH: "突破底线",
    LineState.WARNING: "提示",
    LineState.NEEDS_DATA: "资料不足",
    LineState.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True, slots=True)
class RedLine:
    """One line at one level.

    Parameters
    ----------
    level
        Empty for the unit, else the project's id.
    level_name
        单元, or the project's name.
    row
        Row of the pack's table.
    fact, title
        The figure tested.
    state
        What is known.
    figure, limit
        The figure, None where unknown; and what the pack allows.
    missing
        Official names of the facts that would settle it.
    text, cites, firm
        The row's words, what it cites, and whether that is verified.
    exception
        Case that must be gone through where it is broken; empty for none.
    """

    level: str
    level_name: str
    row: str
    fact: str
    title: str
    state: LineState
    figure: float | None
    limit: float
    missing: tuple[str, ...]
    text: str
    cites: tuple[str, ...]
    firm: bool
    exception: str


def check_red_lines(
    book: PolicyBook, existing: float | None, projects: Sequence[PlannedProject]
) -> tuple[RedLine, ...]:
    """Test every line of the table for the unit as a whole and for each project.

    Parameters
    ----------
    book
        Pack with the table.
    existing
        Floor area in the unit now, m².
    projects
        What the plan demolishes, builds, and moves.
    """
    found = _lines(book, "", "单元", _facts(existing, projects, whole=True))
    for project in projects:
        found += _lines(book, project.id, project.name, _facts(project.existing_area, [project], whole=False))
    return tuple(found)


def _facts(existing: float | None, projects: Sequence[PlannedProject], *, whole: bool) -> dict[str, Any]:
    """Return the table's facts; what nobody said stays unknown, what needs no saying is zero."""
    if whole and not projects:
        return {"existing_area": existing}
    gone = total_of(projects, "demolished_area")
    moved = total_of(projects, "relocated")
    return {
        "existing_area": existing,
        "demolished_area": gone,
        "illegal_area_demolished": 0.0 if gone == 0 else total_of(projects, "illegal_area"),
        "dangerous_no_value_area_demolished": 0.0 if gone == 0 else total_of(projects, "dangerous_area"),
        "added_area": total_of(projects, "added_area"),
        "public_facility_area": total_of(projects, "public_area"),
        "relocated_households": moved,
        "settled_nearby_households": 0.0 if moved == 0 else total_of(projects, "settled_nearby"),
    }


def _lines(book: PolicyBook, level: str, name: str, given: Mapping[str, Any]) -> list[RedLine]:
    compiled = book.table(TABLE)
    known = {fact: (round(value, 6) if isinstance(value, float) else value) for fact, value in given.items()}
    answer = compiled.decide(book.catalogue.read({fact: _whole(book, fact, value) for fact, value in known.items()}))
    standing, open_ = {row.id for row in answer.rows}, {row.id for row in answer.open_rows}
    lines = []
    for item in compiled.rows:
        fact = next(test.fact for test in item.condition.tests())
        if fact == CITY_WIDE:
            continue
        row, value = item.row, answer.facts.get(fact)
        state = _state(row, value, standing, open_)
        unknown = book.catalogue.facts
        missing = item.condition.unknown(answer.facts) if state is LineState.NEEDS_DATA else ()
        base = dict.fromkeys(part for one in missing for part in compiled.deriver.base(one, answer.facts))
        lines.append(
            RedLine(
                level, name, row.id, fact, unknown[fact].title, state, _number(value), float(row.values["limit"]),
                tuple(unknown[one].title for one in base), row.text, row.cites, row.is_firm,
                str(row.values.get("next", "")) if state is LineState.BREACH else "",
            )
        )  # fmt: skip
    return lines


def _state(row: Row, value: Any, standing: set[str], open_: set[str]) -> LineState:
    if value == NOT_APPLICABLE:
        return LineState.NOT_APPLICABLE
    if row.id in standing:
        return LineState(row.outcome)
    return LineState.NEEDS_DATA if row.id in open_ or value is None else LineState.HELD


def _whole(book: PolicyBook, fact: str, value: Any) -> Any:
    integer = book.catalogue.facts[fact].kind.value == "integer"
    return int(value) if integer and value is not None else value


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float | Fraction) and not isinstance(value, bool) else None


def say_figure(line: RedLine) -> str:
    """Return a line's figure for a table."""
    return "—" if line.figure is None else str(say_value(round(line.figure, 4)))
