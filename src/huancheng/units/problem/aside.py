"""What a profile leaves aside instead of refusing: blocks that can be in no unit, and ties that can't be kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from huancheng.policy.provisions.unit_rules import AsideRule, RangeRule, TogetherRule, UnitRules, ZoneRule, plain
from huancheng.units.problem.graphs import joined_sets, parts_of
from huancheng.units.problem.ground import Aside, Flags, Ground, Link
from huancheng.units.solver import FloatArray, IntArray


@dataclass(frozen=True)
class Cleared:
    """The ground once what can't be drawn is set aside.

    Parameters
    ----------
    ground
        The ground, ties that could not be kept replaced by their parts.
    aside
        Blocks in no unit.
    split_links
        Ties as they were that separators, zones or what is set aside divide.
    """

    ground: Ground
    aside: tuple[Aside, ...]
    split_links: tuple[Link, ...]


def zone_codes(ground: Ground, rules: UnitRules) -> IntArray:
    """Return one number per combination of the firm zones."""
    code = np.zeros(ground.size, dtype=np.int64)
    for rule in rules.of(ZoneRule):
        if rule.force == "firm":
            _, found = np.unique(ground.zones[rule.by].astype(str), return_inverse=True)
            code = code * (int(found.max(initial=0)) + 1) + found
    return np.asarray(np.unique(code, return_inverse=True)[1], dtype=np.int64)


def firm_links(ground: Ground, rules: UnitRules) -> tuple[Link, ...]:
    """Return the ties no drawn unit breaks."""
    firm = {rule.id for rule in rules.of(TogetherRule) if rule.force == "firm"}
    return tuple(link for link in ground.links if link.rule in firm)


def reachable_parts(ground: Ground, zone: IntArray, kept: Flags) -> IntArray:
    """Return the connected part of each kept block within its zone, locked blocks apart from free ones."""
    pairs = ground.pairs
    free = ground.locked == ""
    first, second = pairs.first, pairs.second
    open_ = pairs.joins & kept[first] & kept[second] & (zone[first] == zone[second])
    open_ &= np.where(free[first], free[second], ground.locked[first] == ground.locked[second])
    return parts_of(ground.size, first[open_], second[open_])


def set_aside(ground: Ground, rules: UnitRules) -> Cleared:
    """Set aside what the profile's rule on it names; without such a rule the ground is returned as it is."""
    cases = {case for rule in rules.of(AsideRule) for case in rule.cases}
    kept = np.ones(ground.size, dtype=bool)
    free = ground.locked == ""
    found: list[Aside] = []
    zone = zone_codes(ground, rules)
    split: tuple[Link, ...] = ()
    if "split_link" in cases:
        ground, split = _without_split_links(ground, rules, zone)
    if "block_over_ceiling" in cases:
        atom = joined_sets(ground.size, [link.members for link in firm_links(ground, rules)])
        for rule, total in _sums(ground, rules, atom):
            if rule.high is not None:
                bar = plain(rule.high)
                over = (total > bar * rule.factor)[atom] & kept & free
                found += [
                    _aside(block, "block_over_ceiling", rule, total[atom[block]], bar)
                    for block in np.flatnonzero(over).tolist()
                ]
                kept &= ~over
    if "island_under_floor" in cases:
        part = reachable_parts(ground, zone, kept)
        for rule, total in _sums(ground, rules, part, kept):
            if rule.low is not None:
                bar = plain(rule.low)
                under = (total < bar * rule.factor)[part] & kept & free
                found += [
                    _aside(block, "island_under_floor", rule, total[part[block]], bar)
                    for block in np.flatnonzero(under).tolist()
                ]
                kept &= ~under
    return Cleared(ground, tuple(sorted(found, key=lambda item: item.block)), split)


def _sums(
    ground: Ground, rules: UnitRules, label: IntArray, kept: Flags | None = None
) -> list[tuple[RangeRule, FloatArray]]:
    inside = np.ones(ground.size, dtype=bool) if kept is None else kept
    return [
        (
            rule,
            np.bincount(label, np.where(inside, np.nan_to_num(ground.quantities[rule.quantity]), 0.0)).astype(
                np.float64
            ),
        )
        for rule in rules.of(RangeRule)
        if rule.force == "firm"
    ]


def _aside(block: int, case: str, rule: RangeRule, total: float, bar: float) -> Aside:
    figure = total / rule.factor
    if case == "block_over_ceiling":
        chinese = f"不可拆分部分{rule.title}共 {figure:,.4g} {rule.measure}，超过上限 {bar:,.4g} {rule.measure}"
        english = (
            f"what stays together has {figure:,.4g} {rule.measure}, over the ceiling of {bar:,.4g} ({rule.english})"
        )
    else:
        chinese = f"相连部分{rule.title}合计 {figure:,.4g} {rule.measure}，不足下限 {bar:,.4g} {rule.measure}"
        english = (
            f"all that is connected has {figure:,.4g} {rule.measure}, under the floor of {bar:,.4g} ({rule.english})"
        )
    return Aside(block, case, chinese, english)


def _without_split_links(ground: Ground, rules: UnitRules, zone: IntArray) -> tuple[Ground, tuple[Link, ...]]:
    part = reachable_parts(ground, zone, np.ones(ground.size, dtype=bool))
    firm = {rule.id for rule in rules.of(TogetherRule) if rule.force == "firm"}
    links: list[Link] = []
    split: list[Link] = []
    for link in ground.links:
        where = part[list(link.members)]
        if link.rule not in firm or len(np.unique(where)) == 1:
            links.append(link)
            continue
        split.append(link)
        for position, number in enumerate(np.unique(where), start=1):
            members = tuple(member for member, home in zip(link.members, where, strict=True) if home == number)
            if len(members) > 1:
                links.append(Link(link.rule, f"{link.name}#{position}", members))
    return replace(ground, links=tuple(links)), tuple(split)
