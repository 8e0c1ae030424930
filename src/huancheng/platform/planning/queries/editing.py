"""An alternative under edit: each block's unit and colour, each unit's figures, which rules break."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from huancheng.platform.planning.domain.plan_memory import plan_of
from huancheng.platform.planning.models import Alternative
from huancheng.platform.planning.queries.alternatives import HUES

if TYPE_CHECKING:
    from huancheng.units.certificate import AuditRow
    from huancheng.units.editing import Plan, Recheck

HECTARE = 10_000


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in the list beside the map.

    Parameters
    ----------
    name
        Its name.
    hue
        Its colour, 0 to `HUES`.
    blocks
        Number of blocks.
    area
        Hectares.
    broken
        Firm and shown rules it breaks.
    """

    name: str
    hue: int
    blocks: int
    area: float
    broken: tuple[AuditRow, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """What the editing page shows of a plan as it stands.

    Parameters
    ----------
    units
        Its units.
    breaches
        Rules about the whole plan that break.
    homes
        Unit of each block, by id, for the map.
    objective, parts
        Value of the objective and its terms.
    outside
        Blocks in no unit.
    """

    units: tuple[UnitLine, ...]
    breaches: tuple[AuditRow, ...]
    homes: dict[str, str]
    objective: float
    parts: dict[str, float]
    outside: int

    @property
    def hues(self) -> dict[str, int]:
        """Colour of each unit."""
        return {unit.name: unit.hue for unit in self.units}

    @property
    def state(self) -> str:
        """What the map is told, as JSON: the unit of each block, and each unit's colour.

        It travels in an attribute: a script element would not come through an answer that is put into the page.
        """
        return json.dumps({"homes": self.homes, "hues": self.hues}, ensure_ascii=False)

    @property
    def broken(self) -> int:
        """How many rules break."""
        return len(self.breaches) + sum(len(unit.broken) for unit in self.units)


def board_of(alternative: Alternative) -> Board:
    """Return an alternative as it stands with its edits."""
    plan = plan_of(alternative)
    broken: dict[str, list[AuditRow]] = {}
    for row in plan.audit:
        if row.holds == "no":
            broken.setdefault(row.unit, []).append(row)
    hues = colours(plan)
    counts = {name: plan.home.count(name) for name in plan.names}
    units = tuple(
        UnitLine(name, hues[name], counts[name], plan.areas[name] / HECTARE, tuple(broken.get(name, ())))
        for name in plan.names
    )
    homes = dict(zip(plan.origin.ground.ids, plan.home, strict=True))
    return Board(
        units, tuple(broken.get("", ())), homes, plan.objective, plan.parts, sum(1 for home in plan.home if not home)
    )


def state_of(alternative: Alternative) -> str:
    """Return what the map is told: the unit of each block, and each unit's colour."""
    return board_of(alternative).state


def colours(plan: Plan) -> dict[str, int]:
    """Return a colour for each unit, neighbours apart where the colours are enough; greedy, the busiest first."""
    pairs = plan.origin.ground.pairs
    beside: dict[str, set[str]] = {name: set() for name in plan.names}
    for first, second in zip(pairs.first.tolist(), pairs.second.tolist(), strict=True):
        one, other = plan.home[first], plan.home[second]
        if one and other and one != other:
            beside[one].add(other)
            beside[other].add(one)
    found: dict[str, int] = {}
    for name in sorted(plan.names, key=lambda unit: (-len(beside[unit]), unit)):
        taken = {found[other] for other in beside[name] if other in found}
        found[name] = next((hue for hue in range(HUES) if hue not in taken), len(beside[name]) % HUES)
    return found


def words_of(check: Recheck) -> dict[str, Any]:
    """Return what an edit did, in words for the page."""
    return {
        "check": check,
        "better": check.objective < check.objective_before,
        "newly": [rule_words(row) for row in check.newly_broken],
        "mended": [rule_words(row) for row in check.mended],
    }


def rule_words(row: AuditRow) -> str:
    """Return a rule that breaks with its figures, in words."""
    limits = [
        *([_("不低于 %s") % f"{row.low:g}"] if row.low is not None else []),
        *([_("不高于 %s") % f"{row.high:g}"] if row.high is not None else []),
    ]
    value = "" if row.value is None else f"{row.value:,.2f}".rstrip("0").rstrip(".")
    figure = f"：{value}{row.measure}" if value else ""
    return f"{row.unit or _('全部单元')} {row.title}{figure}{_('（%s）') % '，'.join(limits) if limits else ''}"
