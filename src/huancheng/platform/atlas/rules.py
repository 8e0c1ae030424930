"""Who sees what on the map."""

from __future__ import annotations

from huancheng.city.schema import AccessClass
from huancheng.platform.audit.acting import Acting
from huancheng.platform.checkups.rules import may_keep_data, may_read_checkups

__all__ = ["may_keep_data", "may_open_map", "may_see"]


def may_open_map(acting: Acting | None) -> bool:
    """Whether a person opens the map: anyone who acts from a post."""
    return acting is not None and acting.body is not None


def may_see(acting: Acting | None, access: str) -> bool:
    """Whether a person sees layers of an access class.

    Public ones are for whoever opens the map; internal ones for those inside the administration; classified ones are
    never put on the map, for nobody.
    """
    match access:
        case AccessClass.PUBLIC:
            return may_open_map(acting)
        case AccessClass.INTERNAL:
            return may_read_checkups(acting)
        case _:
            return False
