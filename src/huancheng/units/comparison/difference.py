"""What changed from one version to the next, as moves of blocks."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.evidence import InputFault
from huancheng.units.certificate import DrawnUnits


@dataclass(frozen=True)
class BlockMove:
    """Blocks that went from one unit to another together; empty names mean in no unit.

    Parameters
    ----------
    blocks
        Their ids.
    source, target
        Names of the units before and after.
    area
        Square metres.
    """

    blocks: tuple[str, ...]
    source: str
    target: str
    area: float

    @property
    def words(self) -> str:
        """The move in Chinese."""
        way = f"{self.source or '未划入'} → {self.target or '未划入'}"
        return f"街块 {'、'.join(self.blocks)}：{way}（{self.area / 10_000:,.2f} 公顷）"


def moves_between(before: DrawnUnits, after: DrawnUnits) -> list[BlockMove]:
    """Return the moves that turn one version into the other, units known by their names, in the order of the blocks.

    Raises
    ------
    InputFault
        If the versions lie on different blocks.
    """
    if set(before.assignment.index) != set(after.assignment.index):
        message = f"{before.folder.name} and {after.folder.name} lie on different blocks"
        raise InputFault(
            message, cure="compare versions of one plan; others are compared by ground with `units compare`"
        )
    ground = before.drawing.ground
    moved: dict[tuple[str, str], list[int]] = {}
    for number, block in enumerate(ground.ids):
        source, target = str(before.assignment[block]), str(after.assignment[block])
        if source != target:
            moved.setdefault((source, target), []).append(number)
    return [
        BlockMove(
            tuple(ground.ids[number] for number in numbers), source, target, round(float(ground.area[numbers].sum()), 3)
        )
        for (source, target), numbers in moved.items()
    ]
