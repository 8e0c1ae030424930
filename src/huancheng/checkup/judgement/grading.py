"""Grading a figure by its band table, and an aspect by the grades in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huancheng.checkup.system.grades import GradeBook
from huancheng.checkup.system.targets import TargetTable
from huancheng.evidence import Certainty


@dataclass(frozen=True, slots=True)
class CityClass:
    """What kind of city it is, as far as targets ask.

    Parameters
    ----------
    size
        Size class (`large_2`); empty where unknown.
    rank_group
        Group of administrative rank (地级市); empty where unknown.
    """

    size: str = ""
    rank_group: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Target and grade of one figure.

    Parameters
    ----------
    target
        The target as printed; empty where there is none.
    target_certainty
        How it is known; empty where there is none.
    met
        Whether the figure meets its target; None where there is no target or no figure.
    grade
        Grade; empty where there is no band table or no figure.
    grade_certainty
        How the band table is known; empty where there is no grade.
    """

    target: str = ""
    target_certainty: str = ""
    met: bool | None = None
    grade: str = ""
    grade_certainty: str = ""


def judge(
    indicator: str,
    amount: float | None,
    by_part: Mapping[str, float],
    *,
    city: CityClass,
    targets: TargetTable,
    grades: GradeBook,
) -> Verdict:
    """Return target and grade of a figure; a figure told by class gets the lowest grade of its classes.

    Parameters
    ----------
    indicator
        Id.
    amount
        The figure; None where it is missing or not applicable.
    by_part
        The figure by class, where it is told by class.
    city
        What kind of city it is.
    targets, grades
        The system's tables.
    """
    aims = targets.of(indicator, city.size, city.rank_group)
    text = "；".join(aim.text for aim in aims)
    weakest = _least_certain([aim.certainty for aim in aims])

    def figure(part: str) -> float | None:
        return by_part.get(part) if part else amount

    met: bool | None = None
    outcomes = [aim.met_by(value) for aim in aims if (value := figure(aim.part)) is not None]
    if amount is not None and outcomes:
        met = all(outcomes)
    tables = [
        table for table in grades.tables if table.indicator == indicator and table.holds_for(city.size, city.rank_group)
    ]
    found = [
        (table.grade(value), table)
        for table in tables
        if amount is not None and (value := figure(table.part)) is not None
    ]
    if not found:
        return Verdict(text, weakest, met)
    grade = min((name for name, _ in found), key=grades.worst_first)
    return Verdict(text, weakest, met, grade, _least_certain([table.certainty for _, table in found]))


def _least_certain(certainties: Sequence[Certainty]) -> str:
    order = list(Certainty)
    return max(certainties, key=order.index).value if certainties else ""


@dataclass(frozen=True, slots=True)
class Aspect:
    """The state of one dimension or level; no score is made of it.

    Parameters
    ----------
    group
        Dimension or level.
    states
        Number of figures that are known, missing, not applicable.
    grades
        Number of figures of each grade.
    share_of_good
        Share of good grades among the graded; None where nothing is graded.
    grade
        The aspect's grade by the pack's rule; empty where nothing is graded.
    rule, certainty
        Rule that made it, and how the rule is known.
    """

    group: str
    states: dict[str, int] = field(default_factory=dict)
    grades: dict[str, int] = field(default_factory=dict)
    share_of_good: float | None = None
    grade: str = ""
    rule: str = ""
    certainty: str = ""


def grade_aspect(group: str, states: Sequence[str], grades: Sequence[str], book: GradeBook) -> Aspect:
    """Grade a dimension or level by the pack's aspect rule.

    Parameters
    ----------
    group
        Dimension or level.
    states
        State of each of its figures.
    grades
        Grade of each of its figures, empty where there is none; missing figures never count as good.
    book
        Scale and rule.
    """
    given = [grade for grade in grades if grade]
    counted = {grade.name: given.count(grade.name) for grade in book.scale}
    tally = dict(sorted(Counter(states).items()))
    rule = book.aspect
    if not given:
        return Aspect(group, tally, counted, rule=rule.id, certainty=rule.certainty.value)
    good = {grade.name for grade in book.scale if grade.good}
    share = sum(grade in good for grade in given) / len(given)
    if rule.kind == "weakest":
        name = min(given, key=book.worst_first)
    else:
        name = next(band.grade for band in rule.bands if share >= band.at_least)
    return Aspect(group, tally, counted, share, name, rule.id, rule.certainty.value)
