"""Timed sessions of administrators: no standing power, a reason before, every request in the log, a comment after."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.models import Elevation
from huancheng.platform.bodies.queries.roles import role_named
from huancheng.platform.common import clock

SHORTEST_REASON = 4


def can_elevate(acting: Acting | None) -> bool:
    """Whether a timed session can be opened from the post someone acts from; never from a post that was lent."""
    if acting is None or acting.post is None or acting.on_behalf_of is not None:
        return False
    role = role_named(acting.role)
    return role is not None and role.elevates


def open_elevation(acting: Acting, reason: str) -> Elevation:
    """Open the timed session.

    Raises
    ------
    NotManaged
        If the role has no such session.
    Refused
        If no reason is given.
    """
    if not can_elevate(acting) or acting.person is None or acting.post is None:
        raise NotManaged(_("当前岗位没有管理权限"), cure=_("切换到管理员岗位"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused(_("未说明事由"), field="reason", cure=_("写明要办什么、依据什么"))
    with transaction.atomic():
        now = clock.now()
        made = Elevation.objects.create(
            person_id=acting.person, post_id=acting.post, opened_at=now,
            until=now + timedelta(minutes=settings.ELEVATED_MINUTES),
        )  # fmt: skip
        append(f"elevation:{made.pk}", "elevation.opened", acting, {"post": acting.post}, words=reason.strip())
    return made


def close_elevation(elevation: Elevation, comment: str, acting: Acting) -> None:
    """Close a timed session, or comment on one that ran out.

    Raises
    ------
    NotManaged
        If it is another's.
    Refused
        If it was closed.
    """
    if elevation.person_id != acting.person:
        raise NotManaged(_("这不是您开启的管理会话"), cure=_("由开启的人办理"))
    with transaction.atomic():
        kept = Elevation.objects.select_for_update().get(pk=elevation.pk)
        if kept.closed_at:
            raise Refused(_("管理会话已经结束"), cure=_("刷新页面查看现状"))
        kept.closed_at = clock.now()
        kept.save(update_fields=["closed_at"])
        append(f"elevation:{kept.pk}", "elevation.closed", acting, words=comment.strip())


def log_request(elevation: int, acting: Acting, method: str, path: str, status: int) -> None:
    """Write a request made in a timed session to the log; the query string stays out, since names may stand in it."""
    with transaction.atomic():
        append(
            f"elevation:{elevation}", "elevation.request", acting, {"method": method, "path": path, "status": status}
        )
