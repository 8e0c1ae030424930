"""Who may browse the whole log; what concerns one case stands on its page for everyone who may see it."""

from __future__ import annotations

from huancheng.platform.audit.acting import Acting
from huancheng.platform.common.law_in_force import law_in_force

READ_LOG = "read_log"
"""Duty of the pack."""


def may_read_log(acting: Acting | None) -> bool:
    """Whether a person may browse the whole log: a duty, for administrators in a timed session only."""
    if acting is None or acting.body is None:
        return False
    return law_in_force().posts.carries(READ_LOG, acting.role, elevated=acting.elevated)
