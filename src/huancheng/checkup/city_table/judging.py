"""Deciding, row by row, which results of a city's table are problems."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from huancheng.checkup.city_table.figures import NotAFigure, read_figure
from huancheng.checkup.city_table.reading import TableRow
from huancheng.checkup.judgement.listing import Decision, Result, decide
from huancheng.checkup.system.indicator import Indicator
from huancheng.checkup.system.ruleset import Ruleset
from huancheng.evidence import InputFault

Kind = Literal["city", "below"]

_BRACKETS = re.compile(r"[()\[\]{}〔〕【】<>《》“”\"'‘’「」]")
_NUMBERING = re.compile(r"^(?:\(?\d{1,3}\)?[.、)]|\(\d{1,3}\))\s*")
_LAST_BRACKET = re.compile(r"\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class ListedRow:
    """The decision on one row.

    Parameters
    ----------
    row
        Line of the row in the file.
    indicator
        Indicator as the table names it.
    id, name
        Id and official name; empty where the pack does not know it.
    level, kind
        Level it was taken at, and whether that is the whole city or below.
    value, unit, grade
        What was read.
    listed, reason, decided, rule, certainty
        The decision (see `Decision`).
    problem, action, action_type, responsible
        What is said and done about it; empty where it is not listed.
    warnings
        What a reader should look at, in English.
    """

    row: int
    indicator: str
    id: str
    name: str
    level: str
    kind: Kind
    value: float | None
    unit: str
    grade: str
    listed: bool
    reason: str
    decided: bool
    rule: str
    certainty: str
    problem: str
    action: str
    action_type: str
    responsible: str
    warnings: tuple[str, ...]


def judge_table(rows: Sequence[TableRow], rules: Ruleset, file: str) -> list[ListedRow]:
    """Decide for every row whether it is a problem, in the table's order.

    Parameters
    ----------
    rows
        The table.
    rules
        Indicator system with its problem rules.
    file
        Name of the file for messages.

    Raises
    ------
    InputFault
        If a level, a grade or a value that decides can't be understood; with row and field.
    """
    names = _known_names(rules)
    seen: dict[tuple[str, str], int] = {}
    result = []
    for row in rows:
        judged = _Judge(row, rules, names, file).judge()
        key = (judged.id or judged.indicator, judged.level)
        if key in seen:
            note = f"row {row.number}: {row.indicator} stands in row {seen[key]} too; both are judged"
            judged = _with_warning(judged, note)
        seen.setdefault(key, row.number)
        result.append(judged)
    return result


def _with_warning(row: ListedRow, text: str) -> ListedRow:
    return replace(row, warnings=(*row.warnings, text))


def _known_names(rules: Ruleset) -> dict[str, Indicator]:
    """Return every spelling by which an indicator is known."""
    names: dict[str, Indicator] = {}
    for item in rules.system.indicators:
        for word in (item.id, item.id.removeprefix(item.id.split("-")[0] + "-"), item.name, *item.aliases):
            names[plain(word)] = item
    return names


def plain(text: str) -> str:
    """Return a name without blanks, brackets, quotation marks and full-width forms, in lower case."""
    return _BRACKETS.sub("", "".join(unicodedata.normalize("NFKC", text).split())).lower()


class _Judge:
    """Judges one row."""

    def __init__(self, row: TableRow, rules: Ruleset, names: dict[str, Indicator], file: str) -> None:
        self._row = row
        self._rules = rules
        self._names = names
        self._file = file
        self._warnings: list[str] = []

    def judge(self) -> ListedRow:
        indicator = self._find()
        level, kind = self._level(indicator)
        grade = self._grade()
        value, unit = self._value(indicator, kind, grade)
        floors = [item.at_least for item in self._rules.targets.of(indicator.id, "", "")] if indicator else []
        target = max((floor for floor in floors if floor is not None), default=None)
        name = indicator.name if indicator else self._row.indicator
        identity = indicator.id if indicator else ""
        result = Result(identity, name, kind, value, unit, grade, target)
        return self._finish(indicator, level, result, decide(result, self._rules.problems))

    def _fault(self, field: str, message: str, cure: str) -> InputFault:
        return InputFault(message, file=self._file, row=self._row.number, field=field, cure=cure)

    def _warn(self, text: str) -> None:
        self._warnings.append(f"row {self._row.number}: {text}")

    def _find(self) -> Indicator | None:
        """Find the indicator by id or name, with or without numbering in front and a unit in brackets behind."""
        text = unicodedata.normalize("NFKC", self._row.indicator).strip()
        unnumbered = _NUMBERING.sub("", text)
        for word in (text, unnumbered, _LAST_BRACKET.sub("", unnumbered)):
            if plain(word) in self._names:
                return self._names[plain(word)]
        self._warn(
            f"{self._row.indicator} is not an indicator of {self._rules.system.id}; it is taken at the level given"
        )
        return None

    def _level(self, indicator: Indicator | None) -> tuple[str, Kind]:
        word = plain(self._row.level)
        if not word:
            if indicator is None:
                cure = f"name one of {'、'.join(item.name for item in self._rules.levels.levels)}"
                raise self._fault("level", f"{self._row.indicator} is unknown and has no level", cure)
            return indicator.group, self._rules.system.group(indicator.group).kind
        for item in self._rules.levels.levels:
            if word in {plain(item.name), *item.aliases}:
                own = self._rules.system.group(indicator.group).kind if indicator else item.kind
                if own != item.kind and indicator:
                    self._warn(f"{indicator.id} belongs to {indicator.group} in the pack; it is taken at {item.name}")
                return item.name, item.kind
        cure = f"name one of {'、'.join(item.name for item in self._rules.levels.levels)}"
        raise self._fault("level", f"{self._row.level!r} is no level", cure)

    def _grade(self) -> str:
        word = "".join(unicodedata.normalize("NFKC", self._row.grade).split())
        grade = self._rules.grades.read(word)
        if grade is None:
            names = "、".join(item.name for item in self._rules.grades.scale)
            raise self._fault("grade", f"{self._row.grade!r} is no grade", f"use one of {names}, or leave it empty")
        return grade

    def _value(self, indicator: Indicator | None, kind: Kind, grade: str) -> tuple[float | None, str]:
        unit = self._row.unit or (indicator.unit if indicator else "")
        try:
            value, unit = read_figure(self._row.value, unit)
        except NotAFigure as error:
            if kind == "city":
                self._warn(f"the value is not used: {error}; the grade decides")
                return None, unit
            cure = "write one number, or leave it empty where there is none"
            raise self._fault("value", str(error), cure) from error
        if indicator and self._row.unit and plain(self._row.unit) != plain(indicator.unit):
            self._warn(f"the unit is {self._row.unit}, the pack says {indicator.unit}")
        if value is None and kind == "below" and not grade:
            self._warn(f"{self._row.indicator} has neither value nor grade: not listed, and no pass either")
        return value, unit

    def _finish(self, indicator: Indicator | None, level: str, result: Result, decision: Decision) -> ListedRow:
        book = self._rules.problems
        remedy = book.remedy(indicator.id) if indicator else None
        listed = decision.listed
        return ListedRow(
            row=self._row.number, indicator=self._row.indicator, id=indicator.id if indicator else "",
            name=indicator.name if indicator else "", level=level, kind=result.level, value=result.amount,
            unit=result.unit, grade=result.grade,
            listed=listed, reason=decision.reason, decided=decision.decided, rule=decision.rule,
            certainty=decision.certainty,
            problem=(remedy.problem if remedy else f"{result.name}未达要求") if listed else "",
            action=(remedy.action if remedy else book.default_action) if listed else "",
            action_type=(remedy.action_type if remedy else book.default_action_type) if listed else "",
            responsible=(indicator.owner if indicator else "") if listed else "", warnings=tuple(self._warnings),
        )  # fmt: skip
