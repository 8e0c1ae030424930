"""What the worklist, search and messages offer to the frame, to the worker and to the apps above."""

from __future__ import annotations

from django.http import HttpRequest

from huancheng.platform.casework import receivers
from huancheng.platform.casework.domain.daily import run_daily
from huancheng.platform.casework.domain.search_kinds import add_search_kind
from huancheng.platform.casework.domain.searchable import OWN_KINDS
from huancheng.platform.casework.queries.errands import OWN_SOURCES, add_errands
from huancheng.platform.casework.queries.messages import unread
from huancheng.platform.common.daily import register_daily
from huancheng.platform.common.frame import PARTS
from huancheng.platform.common.rail import RailEntry, add_to_rail


def offer_worklist() -> None:
    """Offer everything; called once, when the app is ready."""
    add_to_rail(RailEntry("工作台", "casework:worklist", lambda acting: acting is not None))
    add_to_rail(RailEntry("审批", "casework:cases", lambda acting: acting is not None))
    for kind in OWN_KINDS:
        add_search_kind(kind)
    for source in OWN_SOURCES:
        add_errands(source)
    receivers.connect()
    register_daily("casework", run_daily)
    PARTS.search_url = "casework:search"
    PARTS.notices_url = "casework:messages"
    PARTS.notices = _unread


def _unread(request: HttpRequest) -> int:
    return unread(request.user.pk) if request.user.is_authenticated else 0
