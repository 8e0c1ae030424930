"""Why a border lies where it lies: the rule that keeps two blocks apart, or by how much it would be worse elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.policy.provisions.unit_rules import RadiusRule, RangeRule, TogetherRule, ZoneRule, plain
from huancheng.units.certificate.drawing import UnitDrawing
from huancheng.units.certificate.measures import compactness_of, dissimilarity_of, members_of
from huancheng.units.problem.graphs import joined_sets, parts_of
from huancheng.units.solver import IntArray

LINES = {"road": "沿道路", "rail": "沿铁路", "river": "沿河流", "parcel": "沿宗地界", "none": "不沿界线"}


@dataclass(frozen=True)
class Reason:
    """Why two neighbouring blocks lie in different units.

    Parameters
    ----------
    code
        `separator`, `zone`, `lock`, `aside`, `too_short`, `range`, `piece`, `radius`, `better` or `as_drawn`.
    chinese, english
        In words, with the figure.
    """

    code: str
    chinese: str
    english: str

    @property
    def words(self) -> str:
        """Both, as files keep them."""
        return f"{self.chinese} ({self.english})"


class BorderReasons:
    """Gives the reason for any pair of neighbours in different units.

    Parameters
    ----------
    drawing
        The plan; one that is drawn by hand has no better reason than that where no rule gives one.
    """

    def __init__(self, drawing: UnitDrawing) -> None:
        self._ground, self._rules, self._weights = drawing.ground, drawing.rules, drawing.weights
        self._unit, self._names, self._method = drawing.unit, drawing.names, drawing.method
        ground, rules = drawing.ground, drawing.rules
        self._price = {term.name: term.coefficient for term in drawing.terms}
        if rules.objective == "max-p":
            self._price = {"compactness": 0.0, "border": 0.0, "dissimilarity": 1.0}
        self._members = members_of(drawing.unit)
        firm = {rule.id for rule in rules.of(TogetherRule) if rule.force == "firm"}
        self._atom = joined_sets(ground.size, [link.members for link in ground.links if link.rule in firm])
        self._atoms = [np.flatnonzero(self._atom == number) for number in range(int(self._atom.max(initial=-1)) + 1)]
        self._cost = [self._cost_of(members) for members in self._members]
        self._ranges = [rule for rule in rules.of(RangeRule) if rule.force == "firm"]
        self._radius = next((plain(rule.high) for rule in rules.of(RadiusRule) if rule.force == "firm"), None)

    def of(self, pair: int) -> Reason:
        """Return the reason for the border of a row of the ground's pairs whose two units differ."""
        ground, pairs = self._ground, self._ground.pairs
        a, b = int(pairs.first[pair]), int(pairs.second[pair])
        if self._unit[a] < 0 or self._unit[b] < 0:
            return Reason("aside", "一侧未划入单元", "one side is in no unit")
        if not pairs.joins[pair]:
            return self._parted(pair)
        for zone in self._rules.of(ZoneRule):
            left, right = ground.zones[zone.by][a], ground.zones[zone.by][b]
            if zone.force == "firm" and left != right:
                return Reason("zone", f"{zone.title}：{left}、{right}", f"must not join: {left}, {right}")
        if ground.locked[a] or ground.locked[b]:
            name = ground.locked[a] or ground.locked[b]
            return Reason("lock", f"单元 {name} 锁定", f"the unit {name} is locked")
        if self._method == "drawn":
            return Reason("as_drawn", "按编制单位所划", "as it was drawn")
        return self._best(self._unless_moved(a, b), self._unless_moved(b, a))

    def _parted(self, pair: int) -> Reason:
        pairs = self._ground.pairs
        name = pairs.separator[pair]
        if not name:
            return Reason(
                "too_short",
                f"共边仅 {pairs.length[pair]:.4g} 米",
                f"only {pairs.length[pair]:.4g} m of border are shared",
            )
        rule = next(item for item in self._rules.rules if item.id == name)
        bridge = (
            ("有桥而规则仍分开", "bridged, and parted by the rule") if pairs.bridge[pair] else ("无桥", "no bridge")
        )
        return Reason("separator", f"{rule.title}，{bridge[0]}", f"separator: {name}, {bridge[1]}")

    @staticmethod
    def _best(one: tuple[float | None, Reason], other: tuple[float | None, Reason]) -> Reason:
        """Of two moves take the one that is possible and least bad; where neither is, the first reason."""
        possible = [found for found in (one, other) if found[0] is not None]
        return min(possible, key=lambda found: found[0] or 0.0)[1] if possible else one[1]

    def _unless_moved(self, block: int, neighbour: int) -> tuple[float | None, Reason]:
        """Say what would come of moving a block, with what is tied to it, into its neighbour's unit."""
        ground = self._ground
        moved = self._atoms[self._atom[block]]
        source, target = int(self._unit[block]), int(self._unit[neighbour])
        left = np.setdiff1d(self._members[source], moved)
        joined = np.union1d(self._members[target], moved)
        name = ground.ids[block]
        if len(left) == 0:
            return self._merging(source, target)
        for rule in self._ranges:
            values = np.nan_to_num(ground.quantities[rule.quantity])
            small, large = float(values[left].sum()) / rule.factor, float(values[joined].sum()) / rule.factor
            if rule.low is not None and small < plain(rule.low):
                told = f"剩 {small:,.4g} {rule.measure}，不足下限 {plain(rule.low):,.4g}"
                return None, Reason(
                    "range", f"移出 {name} 则单元 {self._names[source]} {told}",
                    f"without {name} the unit {self._names[source]} would be under the floor: {rule.english}",
                )  # fmt: skip
            if rule.high is not None and large > plain(rule.high):
                told = f"达 {large:,.4g} {rule.measure}，超过上限 {plain(rule.high):,.4g}"
                return None, Reason(
                    "range", f"并入 {name} 则单元 {self._names[target]} {told}",
                    f"with {name} the unit {self._names[target]} would exceed the ceiling: {rule.english}",
                )  # fmt: skip
        if not self._whole(left):
            return None, Reason(
                "piece", f"移出 {name} 则单元 {self._names[source]} 不连片", f"{name} holds its unit together"
            )
        if self._radius is not None:
            _, median = compactness_of(ground, self._weights, joined)
            far = float(np.sqrt(((ground.places[joined] - ground.places[median]) ** 2).sum(axis=1).max()))
            if far > self._radius:
                return None, Reason(
                    "radius", f"并入 {name} 则有街块距中位街块 {far:,.4g} 米，超过 {self._radius:,.4g} 米",
                    f"with {name} a block would lie {far:,.4g} m from the median block",
                )  # fmt: skip
        cost = self._cost_of(left) + self._cost_of(joined) - self._cost[source] - self._cost[target]
        cost += self._price["border"] * self._border_gained(moved, source, target)
        told = f"{cost:.3g}"
        return cost, Reason(
            "better", f"若 {name} 改入另一单元，目标值变化 {told}", f"moving {name} would change it by {told}"
        )

    def _border_gained(self, moved: IntArray, source: int, target: int) -> float:
        """Return how many metres of border along no line more there would be."""
        pairs = self._ground.pairs
        inside = np.isin(pairs.first, moved) != np.isin(pairs.second, moved)
        other = np.where(np.isin(pairs.first, moved), self._unit[pairs.second], self._unit[pairs.first])
        free = pairs.free * pairs.joins * inside
        return float(free[other == source].sum() - free[other == target].sum())

    def _merging(self, source: int, target: int) -> tuple[float | None, Reason]:
        ground = self._ground
        both = np.union1d(self._members[source], self._members[target])
        for rule in self._ranges:
            total = float(np.nan_to_num(ground.quantities[rule.quantity])[both].sum()) / rule.factor
            if rule.high is not None and total > plain(rule.high):
                return None, Reason(
                    "range", f"两单元合并为 {total:,.4g} {rule.measure}，超过上限 {plain(rule.high):,.4g}",
                    f"merging would exceed the ceiling: {rule.english}",
                )  # fmt: skip
        cost = self._cost_of(both) - self._cost[source] - self._cost[target]
        return cost, Reason("better", f"若两单元合并，目标值变化 {cost:.3g}", f"merging would change it by {cost:.3g}")

    def _cost_of(self, members: IntArray) -> float:
        if not len(members):
            return 0.0
        distance, _ = compactness_of(self._ground, self._weights, members) if self._price["compactness"] else (0.0, 0)
        unlike = dissimilarity_of(self._ground, members) if self._price["dissimilarity"] else 0.0
        return self._price["compactness"] * distance + self._price["dissimilarity"] * unlike

    def _whole(self, members: IntArray) -> bool:
        pairs = self._ground.pairs
        place = np.full(self._ground.size, -1, dtype=np.int64)
        place[members] = np.arange(len(members))
        rows = pairs.joins & (place[pairs.first] >= 0) & (place[pairs.second] >= 0)
        return int(parts_of(len(members), place[pairs.first[rows]], place[pairs.second[rows]]).max()) == 0
