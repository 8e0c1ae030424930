"""Who may look after the installation."""

from __future__ import annotations

from huancheng.platform.audit.acting import Acting
from huancheng.platform.common.law_in_force import law_in_force

OPERATE = "operate"
"""Duty of the pack."""


def may_operate(acting: Acting | None) -> bool:
    """Whether a person may see how the installation fares: a duty, in a timed session only."""
    if acting is None or acting.body is None:
        return False
    return law_in_force().posts.carries(OPERATE, acting.role, elevated=acting.elevated)
