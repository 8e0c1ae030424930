"""What an edit did: which rules break now, which hold again, what became of the objective."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from huancheng.units.certificate import AuditRow
from huancheng.units.editing.plan import Plan


@dataclass(frozen=True)
class UnitChange:
    """A unit that is not what it was; 0 where it is new or gone.

    Parameters
    ----------
    unit
        Its name.
    blocks_before, blocks, area_before, area
        Number of blocks, and square metres.
    """

    unit: str
    blocks_before: int
    blocks: int
    area_before: float
    area: float


@dataclass(frozen=True)
class Recheck:
    """The test of a plan after an edit; nothing is forbidden, everything is told.

    Parameters
    ----------
    broken
        Rules that do not hold now, firm and shown.
    newly_broken
        Those among them that held before the edit.
    mended
        Rules that did not hold before and hold now, or whose unit is gone.
    needs_data
        Rules nobody can answer.
    objective_before, objective
        Value of the objective.
    parts
        Its terms now.
    changed
        Units that are not what they were.
    units
        Number of units.
    """

    broken: tuple[AuditRow, ...]
    newly_broken: tuple[AuditRow, ...]
    mended: tuple[AuditRow, ...]
    needs_data: tuple[AuditRow, ...]
    objective_before: float
    objective: float
    parts: dict[str, float]
    changed: tuple[UnitChange, ...]
    units: int

    @property
    def holds(self) -> bool:
        """Whether no firm rule is broken."""
        return not any(row.force == "firm" for row in self.broken)

    def as_dict(self) -> dict[str, Any]:
        """Return the parts, as pages and `--json` show them."""
        return {**asdict(self), "holds": self.holds}


def recheck(before: Plan, after: Plan) -> Recheck:
    """Return the test of a plan, with what changed against the one before."""
    was = {(row.unit, row.constraint): row for row in before.audit if row.holds == "no"}
    now = {(row.unit, row.constraint): row for row in after.audit if row.holds == "no"}
    return Recheck(
        tuple(now.values()),
        tuple(row for key, row in now.items() if key not in was),
        tuple(row for key, row in was.items() if key not in now),
        tuple(row for row in after.audit if row.holds == "needs_data"),
        before.objective, after.objective, after.parts, _changes(before, after), len(after.names),
    )  # fmt: skip


def _changes(before: Plan, after: Plan) -> tuple[UnitChange, ...]:
    moved = {
        name for old, new in zip(before.home, after.home, strict=True) if old != new for name in (old, new) if name
    }
    return tuple(
        UnitChange(
            name, before.home.count(name), after.home.count(name),
            round(before.areas.get(name, 0.0), 3), round(after.areas.get(name, 0.0), 3),
        )
        for name in sorted(moved)
    )  # fmt: skip
