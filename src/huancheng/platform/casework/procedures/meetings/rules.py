"""Who holds a committee's meetings, and who may check what was entered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.procedures.meetings.models import AgendaItem


def may_convene(acting: Acting | None, committee: Body) -> bool:
    """Whether a person may call a committee's meeting: the pack's act, done for the committee or by its office."""
    if acting is None or acting.body is None:
        return False
    rule = current_book().posts.act("hold_meeting")
    return acting.role in rule.roles and acting.body in {committee.pk, committee.acts_through_id}


def demand_host(acting: Acting, committee: Body) -> None:
    """Refuse who may not keep a committee's meetings.

    Raises
    ------
    NotAllowed
        If they may not.
    """
    if not may_convene(acting, committee):
        raise NotAllowed(_("您不能组织%s的会议") % committee, cure=_("请由该机构或其办事机构的文书办理"))


def is_independent(acting: Acting, item: AgendaItem) -> bool:
    """Whether a person had no part in entering an item's votes, not even by delegation."""
    entered = {item.entered_by_id, item.entered_on_behalf_of} - {None}
    return not ({acting.person, acting.on_behalf_of} - {None}) & entered
