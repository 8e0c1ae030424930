"""Who keeps the city's data, and who may read check-ups."""

from __future__ import annotations

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book

KEEP_DATA = "keep_data"
"""Duty of the pack."""
OUTSIDERS = frozenset({Body.Kind.OUTSIDE, Body.Kind.ENTITY})
"""Kinds of body that stand outside the administration."""


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
    if role is None or role.sees == "assigned":
        return False
    return not Body.objects.filter(pk=acting.body, kind__in=OUTSIDERS).exists()
