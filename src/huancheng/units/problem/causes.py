"""Why no plan can be drawn, in plain words with blocks and figures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from huancheng.evidence import InputFault
from huancheng.units.problem.ground import Ground
from huancheng.units.solver import Cause, CauseKind

_SHOWN = 6
"""Blocks named before the rest is counted."""


@dataclass(frozen=True)
class NamedCause:
    """One impossibility.

    Parameters
    ----------
    kind
        What stands in the way.
    blocks
        Ids of the blocks concerned.
    rule
        Id of the rule; empty where none is to blame.
    figure, bar
        What they come to, and the value the rule sets, in the rule's measure.
    chinese, english
        One sentence each.
    """

    kind: CauseKind
    blocks: tuple[str, ...]
    rule: str
    figure: float
    bar: float
    chinese: str
    english: str

    def as_dict(self) -> dict[str, object]:
        """Return the parts for `--json`."""
        return {
            "kind": self.kind.value, "blocks": list(self.blocks), "rule": self.rule, "figure": self.figure,
            "bar": self.bar, "chinese": self.chinese, "english": self.english,
        }  # fmt: skip


class Undrawable(InputFault):
    """No plan holds all firm rules; every cause is named.

    Parameters
    ----------
    causes
        At least one.
    """

    def __init__(self, causes: Sequence[NamedCause]) -> None:
        told = "；".join(f"{cause.chinese} ({cause.english})" for cause in causes)
        super().__init__(
            told,
            cure="放宽该规则、锁定或拆分街块，或在规则中将其列为不划入 (loosen the rule, or leave the blocks aside)",
        )
        self.causes = tuple(causes)


def name_blocks(ground: Ground, members: Sequence[int]) -> tuple[str, str]:
    """Return how blocks are called in Chinese and English, the first few by name."""
    ids = [ground.ids[member] for member in members[:_SHOWN]]
    more = len(members) - len(ids)
    chinese = "、".join(ids) + (f" 等 {len(members)} 个街块" if more else "")
    english = ", ".join(ids) + (f" and {more} more" if more else "")
    return f"街块 {chinese}", f"{'block' if len(members) == 1 else 'blocks'} {english}"


def from_solver(ground: Ground, kept: Sequence[int], cause: Cause) -> NamedCause:
    """Return a cause the solver found, with blocks by id.

    Parameters
    ----------
    ground
        The ground.
    kept
        Numbers in the ground of the blocks the solver was given.
    cause
        The solver's words.
    """
    members = [int(kept[member]) for member in cause.members]
    told = _SAID[cause.kind]
    subject = name_blocks(ground, members) if members and cause.kind is not CauseKind.NOT_FOUND else ("", "")
    space = " " if subject[0][-1:].isascii() and subject[0] else ""
    figure = "" if math.isnan(cause.figure) else f"{cause.figure:,.4g}/{cause.bar:,.4g}"
    return NamedCause(
        cause.kind, tuple(ground.ids[member] for member in members), cause.limit or "", cause.figure, cause.bar,
        f"{subject[0]}{space}{told[0]}" + (f"（{figure}）" if figure else ""),
        f"{subject[1]} {told[1]}".strip() + (f" ({figure})" if figure else ""),
    )  # fmt: skip


_SAID = {
    CauseKind.OVER_CEILING: ("超过上限", "over a ceiling"),
    CauseKind.UNDER_FLOOR: ("连片合计不足下限", "connected, and together under a floor"),
    CauseKind.NOT_CONNECTED: ("须在同一单元而互不相连", "must stay together and can't reach one another"),
    CauseKind.TOGETHER_AND_APART: ("既须同一单元又须分开", "are to stay together and apart at once"),
    CauseKind.TOGETHER_ACROSS_ZONES: ("须在同一单元而分属两区", "must stay together and lie in two zones"),
    CauseKind.FIXED_APART: ("须在同一单元而分别锁定", "must stay together and are locked apart"),
    CauseKind.TOO_MANY_UNITS: ("单元数下限过多，面积等下限不允许", "more units are asked for than the floors allow"),
    CauseKind.TOO_FEW_UNITS: ("单元数上限过少，上限、分区与连片要求更多", "more units are needed than are allowed"),
    CauseKind.NO_COUNT_FITS: (
        "连片范围内，按上限至少要的单元数多于按下限最多能有的",
        "need more units for the ceilings than the floors allow",
    ),
    CauseKind.NOT_FOUND: ("未找到满足全部规则的方案，不等于不存在", "no plan was found; none is proved impossible"),
}
