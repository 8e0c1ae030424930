"""Pre-checks: what makes every plan impossible, found before any is sought, each cause by name."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from huancheng.policy.provisions.unit_rules import CountRule, LockRule, RangeRule, UnitRules, ZoneRule, plain
from huancheng.units.problem.aside import firm_links, reachable_parts, zone_codes
from huancheng.units.problem.causes import NamedCause, name_blocks
from huancheng.units.problem.graphs import joined_sets, parts_of
from huancheng.units.problem.ground import Flags, Ground, Link
from huancheng.units.solver import CauseKind, IntArray


def check_ground(ground: Ground, rules: UnitRules, kept: Flags | None = None) -> list[NamedCause]:
    """Return every cause found, the plainest first; an empty list does not promise a plan.

    Parameters
    ----------
    ground
        The ground.
    rules
        The profile.
    kept
        Blocks that must be in some unit; by default all.
    """
    inside = np.ones(ground.size, dtype=bool) if kept is None else kept
    zone = zone_codes(ground, rules)
    links = firm_links(ground, rules)
    return [
        *_locked_units(ground, rules, zone),
        *_ties(ground, rules, links, zone, inside),
        *_over_ceiling(ground, rules, links, inside),
        *_under_floor(ground, rules, zone, inside),
        *_number(ground, rules, inside),
    ]


def _over_ceiling(ground: Ground, rules: UnitRules, links: tuple[Link, ...], kept: Flags) -> Iterator[NamedCause]:
    atom = joined_sets(ground.size, [link.members for link in links])
    free = kept & (ground.locked == "")
    for rule in rules.of(RangeRule):
        if rule.force != "firm" or rule.high is None:
            continue
        total = np.bincount(atom, np.nan_to_num(ground.quantities[rule.quantity]))
        for number in np.unique(atom[free & (total > plain(rule.high) * rule.factor)[atom]]):
            yield _range_cause(ground, rule, np.flatnonzero(atom == number), total[number], CauseKind.OVER_CEILING)


def _under_floor(ground: Ground, rules: UnitRules, zone: IntArray, kept: Flags) -> Iterator[NamedCause]:
    part = reachable_parts(ground, zone, kept)
    free = kept & (ground.locked == "")
    for rule in rules.of(RangeRule):
        if rule.force != "firm" or rule.low is None:
            continue
        total = np.bincount(part, np.where(free, np.nan_to_num(ground.quantities[rule.quantity]), 0.0))
        for number in np.unique(part[free & (total < plain(rule.low) * rule.factor)[part]]):
            members = np.flatnonzero((part == number) & free)
            yield _range_cause(ground, rule, members, total[number], CauseKind.UNDER_FLOOR)


def _range_cause(ground: Ground, rule: RangeRule, members: IntArray, total: float, kind: CauseKind) -> NamedCause:
    over = kind is CauseKind.OVER_CEILING
    bar = plain(rule.high if over else rule.low)
    figure = total / rule.factor
    chinese, english = name_blocks(ground, members.tolist())
    several = len(members) > 1
    if over:
        words = "须同一单元，合计" if several else ""
        told = f"{chinese}：{words}{figure:,.4g} {rule.measure}，超过{rule.title}上限 {bar:,.4g} {rule.measure}"
        said = (
            f"{english}: {figure:,.4g} {rule.measure}{' together' if several else ''}, over the ceiling of {bar:,.4g}"
        )
    else:
        told = f"{chinese}：相连的只有 {figure:,.4g} {rule.measure}，不足{rule.title}下限 {bar:,.4g} {rule.measure}"
        said = f"{english}: all that is connected has {figure:,.4g} {rule.measure}, under the floor of {bar:,.4g}"
    ids = tuple(ground.ids[member] for member in members)
    return NamedCause(kind, ids, rule.id, float(figure), bar, told, said)


def _ties(
    ground: Ground, rules: UnitRules, links: tuple[Link, ...], zone: IntArray, kept: Flags
) -> Iterator[NamedCause]:
    titles = {rule.id: rule.title for rule in rules.rules}
    joined = ground.pairs.joins
    part = parts_of(ground.size, ground.pairs.first[joined], ground.pairs.second[joined])
    for link in links:
        members = [member for member in link.members if kept[member]]
        if len(members) < 2:  # noqa: PLR2004 - a tie needs two ends
            continue
        ids = tuple(ground.ids[member] for member in members)
        chinese, english = name_blocks(ground, members)
        thing = f"{titles[link.rule]}：{link.name}"
        locks = sorted(set(ground.locked[members]))
        if len(set(zone[members])) > 1:
            yield NamedCause(
                CauseKind.TOGETHER_ACROSS_ZONES, ids, link.rule, float(len(set(zone[members]))), 1.0,
                f"{chinese}（{thing}）须在同一单元而分属不同分区",
                f"{english} must stay together ({link.name}) and lie in several zones",
            )  # fmt: skip
        elif len(set(part[members])) > 1:
            yield NamedCause(
                CauseKind.NOT_CONNECTED, ids, link.rule, float(len(set(part[members]))), 1.0,
                f"{chinese}（{thing}）须在同一单元而被分隔线隔开",
                f"{english} must stay together ({link.name}) and are parted by a separator",
            )  # fmt: skip
        elif len(locks) > 1:
            yield NamedCause(
                CauseKind.FIXED_APART, ids, link.rule, float(len(locks)), 1.0,
                f"{chinese}（{thing}）须在同一单元，锁定却把它们分开",
                f"{english} must stay together ({link.name}) and locks part them",
            )  # fmt: skip


def _locked_units(ground: Ground, rules: UnitRules, zone: IntArray) -> Iterator[NamedCause]:
    rule = next((item.id for item in rules.of(LockRule)), "")
    joined = ground.pairs.joins
    for name in sorted(set(ground.locked) - {""}):
        members = np.flatnonzero(ground.locked == name)
        inner = joined & (ground.locked[ground.pairs.first] == name) & (ground.locked[ground.pairs.second] == name)
        part = parts_of(ground.size, ground.pairs.first[inner], ground.pairs.second[inner])
        ids = tuple(ground.ids[member] for member in members)
        pieces = len(np.unique(part[members]))
        if pieces > 1:
            yield NamedCause(
                CauseKind.NOT_CONNECTED, ids, rule, float(pieces), 1.0,
                f"锁定单元 {name} 不连片，共 {pieces} 片", f"the locked unit {name} is not one piece but {pieces}",
            )  # fmt: skip
        if len(np.unique(zone[members])) > 1:
            kinds = "、".join(item.title for item in rules.of(ZoneRule) if item.force == "firm")
            yield NamedCause(
                CauseKind.TOGETHER_ACROSS_ZONES, ids, rule, float(len(np.unique(zone[members]))), 1.0,
                f"锁定单元 {name} 违反：{kinds}", f"the locked unit {name} lies in several zones",
            )  # fmt: skip
        for item in rules.of(RangeRule):
            total = float(np.nan_to_num(ground.quantities[item.quantity][members]).sum()) / item.factor
            if item.force == "firm" and item.high is not None and total > plain(item.high):
                bar = plain(item.high)
                yield NamedCause(
                    CauseKind.OVER_CEILING, ids, item.id, total, bar,
                    f"锁定单元 {name}：{total:,.4g} {item.measure}，超过{item.title}上限 {bar:,.4g} {item.measure}",
                    f"the locked unit {name}: {total:,.4g} {item.measure}, over the ceiling of {bar:,.4g}",
                )  # fmt: skip
            if item.force == "firm" and item.low is not None and total < plain(item.low):
                bar = plain(item.low)
                yield NamedCause(
                    CauseKind.UNDER_FLOOR, ids, item.id, total, bar,
                    f"锁定单元 {name}：{total:,.4g} {item.measure}，不足{item.title}下限 {bar:,.4g} {item.measure}",
                    f"the locked unit {name}: {total:,.4g} {item.measure}, under the floor of {bar:,.4g}",
                )  # fmt: skip


def _number(ground: Ground, rules: UnitRules, kept: Flags) -> Iterator[NamedCause]:
    for rule in rules.of(CountRule):
        if rule.low is None or rule.high is None:
            continue
        free = kept & (ground.locked == "")
        locked = len(set(ground.locked[kept]) - {""})
        for item in rules.of(RangeRule):
            total = float(np.nan_to_num(ground.quantities[item.quantity][free]).sum()) / item.factor
            if item.force != "firm":
                continue
            most = locked + int(total // plain(item.low)) if item.low is not None and plain(item.low) > 0 else None
            fewest = locked + int(np.ceil(total / plain(item.high))) if item.high is not None else None
            floor = "" if item.low is None else f"{plain(item.low):,.4g} {item.measure}"
            ceiling = "" if item.high is None else f"{plain(item.high):,.4g} {item.measure}"
            if most is not None and most < plain(rule.low):
                yield NamedCause(
                    CauseKind.TOO_MANY_UNITS, (), rule.id, float(most), plain(rule.low),
                    f"要求至少 {plain(rule.low):g} 个单元，{item.title}下限 {floor}最多允许 {most} 个",
                    f"at least {plain(rule.low):g} units are asked for; the floor of {floor} allows {most}",
                )  # fmt: skip
            if fewest is not None and fewest > plain(rule.high):
                yield NamedCause(
                    CauseKind.TOO_FEW_UNITS, (), rule.id, float(fewest), plain(rule.high),
                    f"要求至多 {plain(rule.high):g} 个单元，{item.title}上限 {ceiling}至少需要 {fewest} 个",
                    f"at most {plain(rule.high):g} units are asked for; the ceiling of {ceiling} needs {fewest}",
                )  # fmt: skip
