"""Every unit under every rule, counted anew from blocks and borders, and compared with the audit."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator
from typing import Any, Final

from huancheng.units.verify.evidence import Evidence, Row, number
from huancheng.units.verify.terms import median_costs
from huancheng.units.verify.verdict import Breach, Fault

_MEASURES: Final = {"公顷": 10_000.0, "亩": 10_000.0 / 15, "平方米": 1.0, "万平方米": 10_000.0, "人": 1.0, "户": 1.0}
_UNKNOWN: Final = "未知"
_CLOSE: Final = 1e-6

Figure = tuple[float | None, float | None, float | None]
"""Value, low and high; None where unknown or open; no number where the rule does not apply."""


def own_audit(found: Evidence) -> dict[tuple[str, str], Figure]:
    """Return the figures of every unit under every rule, by unit and rule, as this code counts them."""
    figures: dict[tuple[str, str], Figure] = {}
    for unit, members in found.members.items():
        for rule in found.rules:
            figure = _unit_figure(found, rule, members)
            if figure is not None:
                figures[unit, rule["id"]] = figure
    for rule in found.rules:
        figure = _plan_figure(found, rule)
        if figure is not None:
            figures["", rule["id"]] = figure
    return figures


def pieces(members: list[str], reach: dict[str, list[str]]) -> int:
    """Return into how many pieces blocks fall, by walking from block to block."""
    left = set(members)
    count = 0
    while left:
        count += 1
        queue = deque([left.pop()])
        while queue:
            for other in reach[queue.popleft()]:
                if other in left:
                    left.remove(other)
                    queue.append(other)
    return count


def _unit_figure(found: Evidence, rule: dict[str, Any], members: list[str]) -> Figure | None:
    kind = rule["kind"]
    figure: Figure | None = None
    if kind == "contiguity":
        figure = float(pieces(members, found.reach)), 1.0, 1.0
    elif kind == "separator":
        figure = float(_crossings(found, rule["id"], members)), 0.0, 0.0
    elif kind == "range":
        values = [number(found.block[name][rule["quantity"]]) for name in members]
        factor = _MEASURES[rule["measure"]]
        total = None if None in values else math.fsum(value or 0.0 for value in values) / factor
        figure = total, rule["low"], rule["high"]
    elif kind == "title_share":
        figure = _share(found, members, "legal_area", "title_area"), rule["low"], None
    elif kind == "completeness":
        facility = rule["facility"]
        figure = _share(found, members, f"beyond:{facility}", f"residents:{facility}"), None, rule["high"]
    elif kind == "zone":
        zones = {found.block[name].get(f"zone:{rule['by']}", "") for name in members}
        figure = (None if _UNKNOWN in zones or zones == {""} else float(len(zones))), 1.0, 1.0
    elif kind == "radius" and found.certificate["method"] != "drawn" and not found.block[members[0]]["lock"]:
        figure = _farthest(found, members), None, rule["high"]
    return figure


def _crossings(found: Evidence, rule: str, members: list[str]) -> int:
    """Return how many pieces of a unit only this separator keeps apart."""
    inside = set(members)
    reach = {name: list(found.reach[name]) for name in members}
    for row in found.tables["borders.csv"]:
        if row["separator"] == rule and row["joins"] != "True" and row["a"] in inside and row["b"] in inside:
            reach[row["a"]].append(row["b"])
            reach[row["b"]].append(row["a"])
    return pieces(members, found.reach) - pieces(members, reach)


def _share(found: Evidence, members: list[str], part: str, whole: str) -> float | None:
    rows = [found.block[name] for name in members]
    parts, wholes = ([number(row.get(name, "")) for row in rows] for name in (part, whole))
    if None in parts or None in wholes:
        return None
    total = math.fsum(value or 0.0 for value in wholes)
    return math.fsum(value or 0.0 for value in parts) / total if total else math.nan


def _farthest(found: Evidence, members: list[str]) -> float:
    """Return the distance to the median block; of several medians the one that is nearest to its farthest block."""
    cost = median_costs(found, members)
    best = min(cost.values())
    medians = [name for name in members if cost[name] <= best + _CLOSE * max(best, 1.0) * 1e-3]
    return min(max(_distance(found.block[name], found.block[median]) for name in members) for median in medians)


def _distance(one: Row, other: Row) -> float:
    return math.dist(*[(number(row["x"]) or 0.0, number(row["y"]) or 0.0) for row in (one, other)])


def _plan_figure(found: Evidence, rule: dict[str, Any]) -> Figure | None:
    if rule["kind"] == "together":
        return float(len(broken_links(found, rule["id"]))), 0.0, 0.0
    if rule["kind"] == "lock":
        return float(len(_changed_locks(found))), 0.0, 0.0
    if rule["kind"] == "count":
        ranged = rule["target"] is None
        return float(len(found.members)), rule["low"] if ranged else None, rule["high"] if ranged else None
    return None


def broken_links(found: Evidence, rule: str) -> list[str]:
    """Return the names of the ties of a rule whose blocks lie in several units."""
    homes: dict[str, set[str]] = {}
    for row in found.tables["links.csv"]:
        if row["rule"] == rule:
            homes.setdefault(row["name"], set()).add(found.home.get(row["block"], ""))
    return sorted(name for name, units in homes.items() if len(units - {""}) > 1)


def _changed_locks(found: Evidence) -> list[str]:
    locked: dict[str, set[str]] = {}
    for name, row in found.block.items():
        if row["lock"]:
            locked.setdefault(row["lock"], set()).add(name)
    return sorted(
        lock for lock, blocks in locked.items() if not any(set(members) == blocks for members in found.members.values())
    )


def check_audit(found: Evidence) -> Iterator[Fault]:
    """Compare the audit's rows with the verifier's own figures: none missing, none more, every figure and answer."""
    own = own_audit(found)
    rules = {rule["id"]: rule for rule in found.rules}
    stated: dict[tuple[str, str], Row] = {}
    for place, row in enumerate(found.tables["audit.csv"], start=2):
        key = (row["unit"], row["constraint"])
        if key in stated:
            yield Fault(
                "audit", f"audit.csv, row {place}", f"{row['constraint']} of {row['unit'] or 'the plan'} stands twice"
            )
        stated[key] = row
    for unit, rule in sorted(own.keys() ^ stated.keys()):
        told = "is missing" if (unit, rule) in own else "is no rule of this plan"
        yield Fault("audit", "audit.csv", f"{rule} of {unit or 'the plan'} {told}")
    for key in own.keys() & stated.keys():
        yield from _compare(key, own[key], stated[key], rules[key[1]])


def _compare(key: tuple[str, str], own: Figure, row: Row, rule: dict[str, Any]) -> Iterator[Fault]:
    where = f"audit.csv, {key[1]} of {key[0] or 'the plan'}"
    for name, figure in zip(("value", "low", "high"), own, strict=True):
        given = number(row[name])
        known = figure is not None and not math.isnan(figure)
        if known != (given is not None) or (known and not _near(figure or 0.0, given or 0.0, rule["kind"])):
            yield Fault("audit", where, f"{name} is stated as {row[name] or 'unknown'}, it is {figure}")
    if row["holds"] != answer(own):
        yield Fault("audit", where, f"it says {row['holds']}, the answer is {answer(own)}")
    for mark in ("force", "basis", "certainty"):
        if row[mark] != rule[mark]:
            yield Fault("audit", where, f"{mark} is stated as {row[mark]}, the profile says {rule[mark]}")


def _near(own: float, given: float, kind: str) -> bool:
    # shares are stated to six decimals, distances to centimetres
    absolute = 0.006 if kind == "radius" else 1e-6
    return math.isclose(own, given, rel_tol=1e-9, abs_tol=absolute)


def answer(figure: Figure) -> str:
    """Return `yes`, `no`, `needs_data` or `not_applicable`."""
    value, low, high = figure
    if value is None:
        return "needs_data"
    if math.isnan(value):
        return "not_applicable"
    slack = 1e-6 * max(abs(low or 0.0), abs(high or 0.0), 1e-3)
    fits = (low is None or value >= low - slack) and (high is None or value <= high + slack)
    return "yes" if fits else "no"


def find_breaches(found: Evidence) -> Iterator[Breach]:
    """Yield the firm rules the plan breaks, by the verifier's own count."""
    rules = {rule["id"]: rule for rule in found.rules}
    for (unit, name), figure in own_audit(found).items():
        if rules[name]["force"] == "firm" and answer(figure) == "no":
            low, high = (("open" if end is None else f"{end:g}") for end in figure[1:])
            yield Breach(name, unit, f"{rules[name]['title']}: {figure[0]:,.6g}, allowed {low} to {high}")
