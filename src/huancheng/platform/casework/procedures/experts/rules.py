"""Who keeps the pool of experts."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.law import current_book


def may_keep_pool(acting: Acting | None) -> bool:
    """Whether a person may take experts into the pool and enter conflicts: the pack's duty, carried in the office."""
    if acting is None:
        return False
    book = current_book()
    carries = book.posts.carries("keep_experts", acting.role, elevated=acting.elevated)
    return carries and acting.reference == book.posts.office


def demand_pool(acting: Acting) -> None:
    """Refuse who may not keep the pool.

    Raises
    ------
    NotAllowed
        If they may not.
    """
    if not may_keep_pool(acting):
        raise NotAllowed(_("您不能维护专家库"), cure=_("请由专班办公室工作人员办理"))
