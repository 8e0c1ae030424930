"""The objective, bound and gap, computed plainly: every block against every other of its unit."""

from __future__ import annotations

import math
from collections.abc import Iterator

from huancheng.units.verify.evidence import Evidence, number
from huancheng.units.verify.verdict import Fault

_CLOSE = 1e-7


def check_objective(found: Evidence) -> Iterator[Fault]:
    """Recompute the three terms and the objective, and compare."""
    objective = found.certificate["objective"]
    own = {"compactness": 0.0, "border": _border(found), "dissimilarity": 0.0}
    for members in found.members.values():
        own["compactness"] += min(median_costs(found, members).values())
        own["dissimilarity"] += _unlike(found, members)
    total = 0.0
    for part in objective["parts"]:
        name = part["term"]
        if name not in own:
            yield Fault("objective", f"units.json, {name}", "there is no such term")
            continue
        if not _same(part["value"], own[name]):
            yield Fault("objective", f"units.json, {name}", f"{part['value']!r} is stated, it is {own[name]!r}")
        if not _same(part["coefficient"], part["weight"] / part["scale"]):
            yield Fault("objective", f"units.json, {name}", "the coefficient is not weight over scale")
        if not _same(part["weighted"], part["coefficient"] * own[name]):
            yield Fault("objective", f"units.json, {name}", "the weighted value is not coefficient times value")
        weights = [rule["weight"] for rule in found.rules_of("term") if rule["term"] == name] or [0.0]
        if not _same(part["weight"], weights[0]):
            yield Fault("objective", f"units.json, {name}", "the weight is not the profile's")
        total += part["coefficient"] * own[name]
    if objective["kind"] != found.certificate["profile"]["objective"]:
        yield Fault("objective", "units.json, objective.kind", "it is not the profile's objective")
    expected = own["dissimilarity"] if objective["kind"] == "max-p" else total
    if not _same(objective["value"], expected):
        yield Fault("objective", "units.json, objective.value", f"{objective['value']!r} is stated, it is {expected!r}")


def median_costs(found: Evidence, members: list[str]) -> dict[str, float]:
    """Return for each block of a unit the weighted sum of squared distances of the others to it."""
    place = [
        (
            number(found.block[name]["x"]) or 0.0,
            number(found.block[name]["y"]) or 0.0,
            number(found.block[name]["weight"]) or 0.0,
        )
        for name in members
    ]
    return {
        name: sum(weight * ((x - cx) ** 2 + (y - cy) ** 2) for x, y, weight in place)
        for name, (cx, cy, _) in zip(members, place, strict=True)
    }


def _unlike(found: Evidence, members: list[str]) -> float:
    columns = [name for name in found.tables["blocks.csv"][0] if name.startswith("profile:")]
    values = [[number(found.block[name][column]) or 0.0 for column in columns] for name in members]
    return sum(
        abs(a - b)
        for place, left in enumerate(values)
        for right in values[place + 1 :]
        for a, b in zip(left, right, strict=True)
    )


def _border(found: Evidence) -> float:
    return sum(
        number(row["free"]) or 0.0
        for row in found.tables["borders.csv"]
        if row["joins"] == "True" and found.home.get(row["a"]) and found.home.get(row["b"])
        and found.home[row["a"]] != found.home[row["b"]]
    )  # fmt: skip


def check_bound(found: Evidence) -> Iterator[Fault]:
    """Check that bound, gap, status and the plain rule's figures can be true together."""
    document = found.certificate
    value, bound, gap, status = document["objective"]["value"], document["bound"], document["gap"], document["status"]
    slack = _CLOSE * max(abs(value), 1.0)
    holds = document["audit"]["holds"]
    if bound is not None and holds and bound > value + slack:
        yield Fault("bound", "units.json, bound", f"the bound {bound!r} lies above the objective {value!r}")
    if gap is not None and bound is None:
        yield Fault("bound", "units.json, gap", "a gap is stated without a bound")
    if gap is not None and not holds:
        yield Fault("bound", "units.json, gap", "a gap is stated of a plan that breaks a firm rule")
    if bound is not None and holds:
        expected = (value - bound) / value if value > 0 else 0.0
        if gap is None or not math.isclose(gap, expected, rel_tol=_CLOSE, abs_tol=_CLOSE):
            yield Fault(
                "bound", "units.json, gap", f"{gap!r} is stated, (objective - bound) / objective is {expected!r}"
            )
    if status == "optimal" and (bound is None or bound < value - slack):
        yield Fault("bound", "units.json, status", "it says optimal, and the bound does not reach the objective")
    most = document["units_bound"]
    if most is not None and holds and document["units"] > most:
        yield Fault("bound", "units.json, units_bound", f"there are {document['units']} units, the bound says {most}")
    if document["method"] == "computed":
        yield from _check_computed(found, value, slack)


def _check_computed(found: Evidence, value: float, slack: float) -> Iterator[Fault]:
    document = found.certificate
    greedy = document["greedy"]
    if not greedy or document["units_bound"] is None or document["seed"] is None:
        yield Fault(
            "bound", "units.json", "a computed plan states the plain rule's figures, a bound of units and a seed"
        )
        return
    fewer = document["units"] < greedy["units"] if document["objective"]["kind"] == "max-p" else False
    same = document["objective"]["kind"] != "max-p" or document["units"] == greedy["units"]
    if greedy["feasible"] and (fewer or (same and value > greedy["objective"] + slack)):
        yield Fault("bound", "units.json, greedy", "the plain rule gives a better plan than the one certified")


def _same(stated: float, own: float) -> bool:
    return math.isclose(stated, own, rel_tol=_CLOSE, abs_tol=1e-6)
