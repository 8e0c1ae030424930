"""Names of cases and of workbooks of back-entry for those who read the log, and words for what was done in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.naming import Naming, register_naming, register_titles
from huancheng.platform.casework.models import BackEntryImport, Case

MOST = 1000
"""Things that a search takes into account."""

TITLES = {
    "case.opened": _("发起案卷"),
    "case.adopt_calendar": _("采用新公布的日历"),
    "case.escalate": _("逾期提请督办"),
    "case.refuse_record": _("退回登记的决定"),
    "case.exported": _("导出案卷"),
    "back_entry.staged": _("上传补录工作簿"),
    "back_entry.taken": _("批量补录"),
    "back_entry.closed": _("结束补录"),
}
"""Words for what the pack's list of acts does not name."""


def offer_names() -> None:
    """Offer names; called when the app is ready."""
    register_naming("case", Naming(_("案卷"), _cases, _find_cases, _page_of_case))
    register_naming("export", Naming(_("导出案卷"), _cases, _find_cases, _page_of_case))
    register_naming("back-entry", Naming(_("补录工作簿"), _workbooks, _find_workbooks, _page_of_workbook))
    register_titles(TITLES)


def _page_of_case(number: int) -> str:
    return reverse("casework:case", args=[number])


def _page_of_workbook(number: int) -> str:
    return reverse("casework:back-entry-import", args=[number])


def _cases(numbers: Collection[int]) -> Mapping[int, str]:
    return {case.pk: str(case) for case in Case.objects.filter(pk__in=numbers).only("number", "title")}


def _find_cases(words: str) -> Iterable[int]:
    found = Case.objects.filter(Q(number__istartswith=words) | Q(title__icontains=words))
    return found.order_by("pk").values_list("pk", flat=True)[:MOST]


def _workbooks(numbers: Collection[int]) -> Mapping[int, str]:
    return dict(BackEntryImport.objects.filter(pk__in=numbers).values_list("pk", "name"))


def _find_workbooks(words: str) -> Iterable[int]:
    return BackEntryImport.objects.filter(name__icontains=words).order_by("pk").values_list("pk", flat=True)[:MOST]
