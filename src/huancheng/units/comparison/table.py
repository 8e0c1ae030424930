"""The figures of one plan that stand beside those of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huancheng.units.certificate import DrawnUnits


@dataclass(frozen=True)
class PlanFigures:
    """One plan in a line.

    Parameters
    ----------
    folder
        Name of its folder.
    method, status, profile
        How it came about, and by which profile.
    units, units_bound
        Units, and the most there can be; None where not known.
    objective, bound, gap
        Value of the objective, what no plan is below, and the share between; None where not known.
    parts
        Terms of the objective, unweighted.
    firm_broken, shown_broken, needs_data
        Rows of the audit.
    broken_rules
        Ids of the rules that do not hold, each with how many units.
    smallest, median, largest
        Area of units in hectares.
    covered
        Hectares in units.
    on_lines
        Share of the border between units that runs along a line; None where there is no border.
    """

    folder: str
    method: str
    status: str
    profile: str
    units: int
    units_bound: int | None
    objective: float
    bound: float | None
    gap: float | None
    parts: dict[str, float]
    firm_broken: int
    shown_broken: int
    needs_data: int
    broken_rules: dict[str, int]
    smallest: float
    median: float
    largest: float
    covered: float
    on_lines: float | None


def figures_of(found: DrawnUnits) -> PlanFigures:
    """Return the figures of a plan as its folder states them."""
    document, audit = found.certificate, found.audit
    area = found.units["area"].to_numpy(dtype=np.float64) / 10_000
    short = audit[audit["holds"] == "no"]
    outer = found.borders[found.borders["unit_a"] != found.borders["unit_b"]]
    length = float(outer["length"].sum())
    return PlanFigures(
        found.folder.name, document["method"], document["status"], document["profile"]["id"],
        document["units"], document["units_bound"], document["objective"]["value"], document["bound"], document["gap"],
        {part["term"]: part["value"] for part in document["objective"]["parts"]},
        int((short["force"] == "firm").sum()), int((short["force"] == "shown").sum()),
        int((audit["holds"] == "needs_data").sum()),
        {str(rule): int(count) for rule, count in short["constraint"].value_counts().sort_index().items()},
        float(area.min()), float(np.median(area)), float(area.max()), float(area.sum()),
        round(1 - float(outer["free"].sum()) / length, 6) if length > 0 else None,
    )  # fmt: skip


def objectives_compare(plans: Sequence[PlanFigures]) -> bool:
    """Whether objectives may be compared: the same profile, and the same ground in units."""
    return len({(plan.profile, round(plan.covered, 4)) for plan in plans}) == 1
