"""Who keeps the city's data, and who may read check-ups."""

from __future__ import annotations

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.law import current_book

KEEP_DATA = "keep_data"
"""Duty of the pack."""


def may_keep_data(acting: Acting | None) -> bool:
    """Whether a person loads, switches and retires snapshots and check-ups: a duty of the pack."""
    if acting is None or acting.body is None:
        return False
    return current_book().posts.carries(KEEP_DATA, acting.role, elevated=acting.elevated)


def may_read_checkups(acting: Acting | None) -> bool:
    """Whether a person reads check-ups: anyone with a post that sees more than what was assigned to them."""
    if acting is None or acting.body is None:
        return False
    role = current_book().posts.role(acting.role)
    return role is not None and role.sees != "assigned" and not acting.outside
