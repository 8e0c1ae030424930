"""Names of meetings, notices and experts for those who read the log, and words for what was done in procedures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.naming import Naming, register_naming, register_titles
from huancheng.platform.casework.procedures.experts.models import Expert
from huancheng.platform.casework.procedures.meetings.models import Meeting
from huancheng.platform.casework.procedures.notices.models import Notice

MOST = 1000
"""Things that a search takes into account."""

TITLES = {
    "case.consult_cancelled": _("撤销征询"),
    "case.answered": _("答复征询"),
    "case.opinion_lapsed": _("逾期视为无异议"),
    "case.expert_declined": _("专家退出与递补"),
    "case.agenda_added": _("列入会议议程"),
    "case.agenda_deferred": _("暂缓审议"),
    "case.votes_entered": _("登记会议表决"),
    "case.votes_rejected": _("退回表决登记"),
    "case.notice_placed": _("登记公示位置"),
    "case.contact_erased": _("删除意见的个人信息"),
    "expert.kept": _("更改专家信息"),
    "expert.conflict_added": _("登记回避"),
    "expert.conflict_ended": _("终止回避"),
    "meeting.convened": _("召集会议"),
    "meeting.attended": _("登记到会"),
    "meeting.minutes_written": _("起草会议纪要"),
    "meeting.closed": _("会议结束"),
    "notice.objection_received": _("收到公众意见"),
}
"""Words for what is done inside steps and beside them."""


def offer_procedure_names() -> None:
    """Offer names and words; called when the app is ready."""
    register_titles(TITLES)
    register_naming("expert", Naming(_("专家"), _experts, _find_experts, _page("casework:expert")))
    register_naming("meeting", Naming(_("会议"), _meetings, _find_meetings, _page("casework:meeting")))
    register_naming("notice", Naming(_("公示"), _notices, _find_notices, _page("casework:public-notice")))


def _page(name: str) -> Callable[[int], str]:
    return lambda number: reverse(name, args=[number])


def _experts(numbers: Collection[int]) -> Mapping[int, str]:
    return {expert.pk: str(expert) for expert in Expert.objects.filter(pk__in=numbers).select_related("person")}


def _find_experts(words: str) -> Iterable[int]:
    found = Expert.objects.filter(Q(person__name__icontains=words) | Q(person__username__iexact=words))
    return found.order_by("pk").values_list("pk", flat=True)[:MOST]


def _meetings(numbers: Collection[int]) -> Mapping[int, str]:
    return dict(Meeting.objects.filter(pk__in=numbers).values_list("pk", "title"))


def _find_meetings(words: str) -> Iterable[int]:
    return Meeting.objects.filter(title__icontains=words).order_by("pk").values_list("pk", flat=True)[:MOST]


def _notices(numbers: Collection[int]) -> Mapping[int, str]:
    return dict(Notice.objects.filter(pk__in=numbers).values_list("pk", "title"))


def _find_notices(words: str) -> Iterable[int]:
    return Notice.objects.filter(title__icontains=words).order_by("pk").values_list("pk", flat=True)[:MOST]
