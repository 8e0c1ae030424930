"""Changing a plan by hand: every step tested at once, nothing forbidden, everything undone and replayed.

`apply(plan, operation)` is what the map page and the command call.
"""

from huancheng.units.editing.operations import Draw, Merge, Move, Operation, Split, SplitByLine, read_operation
from huancheng.units.editing.plan import Plan, open_plan
from huancheng.units.editing.recheck import Recheck
from huancheng.units.editing.steps import apply, redo, replay, undo
from huancheng.units.editing.writing import edited_drawing

__all__ = [
    "Draw",
    "Merge",
    "Move",
    "Operation",
    "Plan",
    "Recheck",
    "Split",
    "SplitByLine",
    "apply",
    "edited_drawing",
    "open_plan",
    "read_operation",
    "redo",
    "replay",
    "undo",
]
