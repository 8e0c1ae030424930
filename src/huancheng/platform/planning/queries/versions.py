"""What changed from one version of a special plan to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huancheng.platform.casework.queries.differences import Run, changed, differences
from huancheng.platform.planning.domain.goals import goals_of
from huancheng.platform.planning.models import RenewalUnit, SpecialPlan


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of the plan in both versions.

    Parameters
    ----------
    name
        Its name.
    runs
        Stretches kept, added and removed.
    is_changed
        Whether it changed.
    """

    name: str
    runs: Sequence[Run]
    is_changed: bool


@dataclass(frozen=True, slots=True)
class Move:
    """Blocks that went from one unit to another.

    Parameters
    ----------
    before, after
        Numbers of the units; empty where a block lay in none.
    blocks
        Ids of the blocks.
    """

    before: str
    after: str
    blocks: Sequence[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side.

    Parameters
    ----------
    parts
        The parts of the text.
    moves
        Blocks that moved, the largest groups first.
    kept
        Blocks that lie in a unit of the same number in both.
    """

    parts: Sequence[PartChange]
    moves: Sequence[Move]
    kept: int

    @property
    def changed(self) -> int:
        """Parts that changed."""
        return sum(part.is_changed for part in self.parts)

    @property
    def moved(self) -> int:
        """Blocks that moved."""
        return sum(len(move.blocks) for move in self.moves)


def compare(before: SpecialPlan, after: SpecialPlan) -> Comparison:
    """Return what changed from one version to another."""
    old, new = _texts(before), _texts(after)
    parts = [PartChange(name, differences(old[name], text), changed(old[name], text)) for name, text in new.items()]
    moves, kept = _moves(before, after)
    return Comparison(parts, moves, kept)


def _texts(plan: SpecialPlan) -> dict[str, str]:
    upper = sorted(f"{row.get_kind_display()}：{row.title} {row.number}" for row in plan.upper_plans.all())
    basis = [*([str(plan.checkup)] if plan.checkup else []), *upper]
    areas = [f"{area.name}：{area.direction}" for area in plan.key_areas.all()]
    goals = [f"{goal.scope} {goal.problem}：{goal.goal} {goal.by or ''}".strip() for goal in goals_of(plan.goals)]
    return {
        _("名称"): plan.title,
        _("依据"): "\n".join(basis),
        _("更新方向"): plan.direction,
        _("重点区域"): "\n".join(areas),
        _("目标"): "\n".join(goals),
        _("发展策略"): plan.strategy,
    }


def _moves(before: SpecialPlan, after: SpecialPlan) -> tuple[list[Move], int]:
    old, new = _unit_of_block(before), _unit_of_block(after)
    groups: dict[tuple[str, str], list[str]] = {}
    kept = 0
    for block in sorted({*old, *new}):
        pair = (old.get(block, ""), new.get(block, ""))
        if pair[0] == pair[1]:
            kept += 1
        else:
            groups.setdefault(pair, []).append(block)
    order = Counter({pair: len(blocks) for pair, blocks in groups.items()})
    return [
        Move(*pair, groups[pair]) for pair, _count in sorted(order.items(), key=lambda item: (-item[1], item[0]))
    ], kept


def _unit_of_block(plan: SpecialPlan) -> dict[str, str]:
    rows = RenewalUnit.objects.filter(plan=plan).values_list("number", "blocks")
    return {str(block): number for number, blocks in rows for block in blocks}
