"""The log of a case as a time line, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.case_names import CaseNames
from huancheng.platform.casework.queries.log_words import Entry, tell_entry
from huancheng.platform.common.look.records import Happening


def log_of(case: Case) -> list[LogEntry]:
    """Return all entries of a case with their words, oldest first."""
    return list(LogEntry.objects.filter(stream=case.stream).select_related("words").order_by("sequence"))


def history(case: Case, entries: Sequence[LogEntry], names: CaseNames) -> list[Happening]:
    """Return every entry in words, newest first."""
    return [_happening(case, entry, names) for entry in reversed(entries)]


def _happening(case: Case, row: LogEntry, names: CaseNames) -> Happening:
    told = tell_entry(Entry(row, names))
    edition = row.data.get("edition")
    return Happening(
        when=row.at,
        title=told.title,
        who=names.who(row),
        text=words_of(row),
        tone=told.tone,
        url=reverse("casework:edition", args=[case.pk, edition]) if edition else "",
        link=_("查看与上一稿的差异") if edition and edition > 1 else _("查看内容"),
        notes=told.notes,
    )


def words_of(row: LogEntry) -> str:
    """Return the free text of an entry; says so where it was erased on demand."""
    words = getattr(row, "words", None)
    if words is None:
        return ""
    return _("（文字已依申请删除）") if words.erased_at else words.text
