"""The audit of a plan: every unit under every rule, with the figure, the range and the rule's marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from huancheng.policy.provisions.unit_rules import (
    CompletenessRule,
    ContiguityRule,
    CountRule,
    LockRule,
    RadiusRule,
    RangeRule,
    RulePart,
    SeparatorRule,
    TitleRule,
    TogetherRule,
    UnitRules,
    ZoneRule,
    plain,
)
from huancheng.units.certificate.measures import compactness_of, members_of
from huancheng.units.problem.graphs import parts_of
from huancheng.units.problem.ground import UNKNOWN_ZONE, Ground
from huancheng.units.solver import FloatArray, IntArray

Holds: TypeAlias = Literal["yes", "no", "needs_data", "not_applicable"]
"""Unknown is not a pass; where nobody lives, nobody lives too far."""

Ends: TypeAlias = tuple[float | None, float | None]
"""Low and high end of a range."""

_TOLERANCE = 1e-9


@dataclass(frozen=True)
class AuditRow:
    """One unit under one rule.

    Parameters
    ----------
    unit
        Name of the unit; empty for rules about the whole plan.
    constraint
        Id of the rule.
    title
        Its Chinese name.
    value, low, high
        Figure and range in `measure`; None where unknown or open.
    measure
        Unit of the figures.
    holds
        Whether the rule holds.
    force
        `firm` or `shown`.
    basis, certainty
        Whose words the rule is, and how it is known.
    note
        What falls short, in words; blocks by id.
    """

    unit: str
    constraint: str
    title: str
    value: float | None
    low: float | None
    high: float | None
    measure: str
    holds: Holds
    force: str
    basis: str
    certainty: str
    note: str = ""


def audit_plan(
    ground: Ground, rules: UnitRules, weights: FloatArray, unit: IntArray, names: Sequence[str], *, method: str = ""
) -> list[AuditRow]:
    """Return the audit, unit by unit in the profile's order, then the rows of the whole plan.

    Parameters
    ----------
    ground, rules
        The ground and the profile.
    weights
        Weight of each block towards its unit's median block.
    unit
        Number of each block's unit; -1 in none.
    names
        Names of the units by number.
    method
        `drawn` plans are not asked how far a block lies from the median, which is a rule of the computation.
    """
    groups = members_of(unit)
    rows = [
        row
        for number, members in enumerate(groups)
        if len(members)
        for row in unit_rows(ground, rules, weights, unit, members, name=names[number], method=method)
    ]
    return [*rows, *plan_rows(ground, rules, unit)]


def _row(
    rule: RulePart, unit: str, value: float | None, ends: Ends, measure: str, *, note: str = "", applies: bool = True
) -> AuditRow:
    low, high = ends
    holds: Holds = "needs_data" if applies else "not_applicable"
    if value is not None:
        slack = _TOLERANCE * max(abs(value), abs(low or 0.0), abs(high or 0.0), 1.0)
        fits = (low is None or value >= low - slack) and (high is None or value <= high + slack)
        holds = "yes" if fits else "no"
    return AuditRow(
        unit, rule.id, rule.title, None if value is None else float(f"{value:.12g}"), low, high, measure, holds,
        rule.force, rule.basis.value, rule.certainty.value, note,
    )  # fmt: skip


def unit_rows(
    ground: Ground,
    rules: UnitRules,
    weights: FloatArray,
    unit: IntArray,
    members: IntArray,
    *,
    name: str,
    method: str,
) -> Iterator[AuditRow]:
    """Yield the rows of one unit, which depend on its own blocks only.

    Parameters
    ----------
    ground, rules, weights, unit, method
        As for `audit_plan`.
    members
        Numbers of the unit's blocks.
    name
        Its name.
    """
    inner, crossing = _pieces(ground, rules, unit, members)
    for rule in rules.rules:
        match rule:
            case ContiguityRule():
                yield _row(rule, name, float(inner), (1.0, 1.0), "片")
            case SeparatorRule():
                yield _row(rule, name, float(crossing.get(rule.id, 0)), (0.0, 0.0), "处")
            case RangeRule():
                low = None if rule.low is None else plain(rule.low)
                high = None if rule.high is None else plain(rule.high)
                yield _quantity_row(ground, rule, name, members, (low, high))
            case TitleRule():
                yield _share_row(
                    rule, name, ground.quantities["legal_area"][members], ground.quantities["title_area"][members],
                    (plain(rule.low), None),
                )  # fmt: skip
            case CompletenessRule():
                residents, beyond = (values[members] for values in ground.residents[rule.facility])
                yield _share_row(rule, name, beyond, residents, (None, plain(rule.high)))
            case ZoneRule():
                yield _zone_row(ground, rule, name, members)
            case RadiusRule() if method != "drawn" and not ground.locked[members[0]]:
                _, median = compactness_of(ground, weights, members)
                far = np.sqrt(((ground.places[members] - ground.places[median]) ** 2).sum(axis=1).max())
                yield _row(rule, name, round(float(far), 2), (None, plain(rule.high)), "米")
            case _:
                pass


def _pieces(ground: Ground, rules: UnitRules, unit: IntArray, members: IntArray) -> tuple[int, dict[str, int]]:
    """Return how many pieces a unit has, and for each separator how many pieces only it keeps apart."""
    pairs = ground.pairs
    number = unit[members[0]]
    inside = (unit[pairs.first] == number) & (unit[pairs.second] == number)
    place = np.full(ground.size, -1, dtype=np.int64)
    place[members] = np.arange(len(members))

    def count(open_: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> int:
        rows = inside & open_
        return int(parts_of(len(members), place[pairs.first[rows]], place[pairs.second[rows]]).max()) + 1

    pieces = count(pairs.joins)
    crossing = {}
    if pieces > 1:
        for rule in rules.of(SeparatorRule):
            crossing[rule.id] = pieces - count(pairs.joins | (pairs.separator == rule.id))
    return pieces, crossing


def _quantity_row(ground: Ground, rule: RangeRule, name: str, members: IntArray, ends: Ends) -> AuditRow:
    values = ground.quantities[rule.quantity][members]
    unknown = int(np.isnan(values).sum())
    total = float(np.nan_to_num(values).sum()) / rule.factor
    if not unknown:
        return _row(rule, name, total, ends, rule.measure)
    note = f"{unknown} 个街块缺数据，已知合计 {total:,.4g} {rule.measure}"
    return _row(rule, name, None, ends, rule.measure, note=note)


def _share_row(rule: RulePart, name: str, part: FloatArray, whole: FloatArray, ends: Ends) -> AuditRow:
    unknown = int((np.isnan(part) | np.isnan(whole)).sum())
    total = float(np.nan_to_num(whole).sum())
    if unknown:
        return _row(rule, name, None, ends, "", note=f"{unknown} 个街块缺数据")
    if total == 0:
        return _row(rule, name, None, ends, "", note="单元内没有可计的数", applies=False)
    return _row(rule, name, round(float(part.sum()) / total, 6), ends, "")


def _zone_row(ground: Ground, rule: ZoneRule, name: str, members: IntArray) -> AuditRow:
    zones = sorted({str(zone) for zone in ground.zones[rule.by][members]})
    if zones == [""] or UNKNOWN_ZONE in zones:
        return _row(rule, name, None, (1.0, 1.0), "个", note="缺分区数据")
    return _row(rule, name, float(len(zones)), (1.0, 1.0), "个", note="" if len(zones) == 1 else "、".join(zones))


def plan_rows(ground: Ground, rules: UnitRules, unit: IntArray) -> Iterator[AuditRow]:
    """Yield the rows about the whole plan: what stays together, locks, the number of units."""
    for rule in rules.rules:
        match rule:
            case TogetherRule():
                links = [link for link in ground.links if link.rule == rule.id]
                broken = [link for link in links if len({int(unit[member]) for member in link.members} - {-1}) > 1]
                told = "；".join(
                    f"{link.name}：" + "、".join(f"{ground.ids[member]}" for member in link.members) for link in broken
                )
                yield _row(rule, "", float(len(broken)), (0.0, 0.0), "处", note=told)
            case LockRule():
                yield _lock_row(ground, rule, unit)
            case CountRule() if rule.target is None:
                yield _row(rule, "", float(_units(unit)), (plain(rule.low), plain(rule.high)), "个")
            case CountRule():
                mean = float(ground.area[unit >= 0].sum()) / 10_000 / max(_units(unit), 1)
                note = f"平均 {mean:,.4g} 公顷，目标 {plain(rule.target):g} 公顷"
                yield _row(rule, "", float(_units(unit)), (None, None), "个", note=note)
            case _:
                pass


def _units(unit: IntArray) -> int:
    return len(np.unique(unit[unit >= 0]))


def _lock_row(ground: Ground, rule: LockRule, unit: IntArray) -> AuditRow:
    changed = []
    for name in sorted(set(ground.locked) - {""}):
        members = np.flatnonzero(ground.locked == name)
        homes = set(unit[members].tolist())
        if len(homes) > 1 or (homes != {-1} and (unit == unit[members[0]]).sum() != len(members)) or homes == {-1}:
            changed.append(name)
    return _row(rule, "", float(len(changed)), (0.0, 0.0), "个", note="、".join(changed))
