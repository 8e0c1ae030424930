"""Reading back the template of declared values."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.evidence import State


@dataclass(frozen=True, slots=True)
class Declared:
    """What a bureau declared of one indicator.

    Parameters
    ----------
    indicator
        Id.
    state
        Known, missing or not applicable.
    amount
        The figure; None unless known.
    as_of
        Day the figure speaks of, ISO; empty where not given.
    source
        Where the bureau has it from.
    bureau
        Bureau that declared it.
    note
        Its words.
    """

    indicator: str
    state: State
    amount: float | None
    as_of: str
    source: str
    bureau: str
    note: str = ""
