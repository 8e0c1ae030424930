"""The log as a list: filters, columns, and files of what the filters leave."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, ClassVar

from django.core.paginator import Page
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.naming import code_titles, kinds, naming_of
from huancheng.platform.audit.queries.listed import Listed, listed
from huancheng.platform.common.tables import Column, Filter, Table

SHOWN = 4
"""Changes of an entry that a list shows; its page shows all."""
TELLING = frozenset({"step", "passed", "paper", "to", "role", "format", "filters", "texts"})
"""What a list tells of that was stated and not changed."""


def about(words: str) -> Q:
    """Return the condition for what an entry is about: a stream as it stands in the log, or words of a name."""
    if ":" in words:
        return Q(stream=words)
    streams = [f"{kind}:{number}" for kind, naming in kinds().items() if naming.find for number in naming.find(words)]
    return Q(stream__in=streams)


def by(field: str, kind: str) -> Callable[[str], Q]:
    """Return a function that gives the condition for a person's or body's name."""

    def condition(words: str) -> Q:
        naming = naming_of(kind)
        return Q(**{f"{field}__in": list(naming.find(words)) if naming and naming.find else []})

    return condition


def since(words: str) -> Q:
    """Return the condition for entries from a day on; what is no date leaves all."""
    day = _day(words)
    return Q(at__gte=_start(day)) if day else Q()


def until(words: str) -> Q:
    """Return the condition for entries up to and with a day; what is no date leaves all."""
    day = _day(words)
    return Q(at__lt=_start(day + timedelta(days=1))) if day else Q()


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def codes() -> list[tuple[str, str]]:
    """Return the codes to choose from, by their words."""
    return sorted(code_titles().items(), key=lambda item: item[1])


def _about(row: Listed) -> SafeString:
    if row.about_url:
        return format_html('<a href="{}">{}</a>', row.about_url, row.about)
    return format_html("{}", row.about)


def _who(row: Listed) -> str:
    parts = [row.person or str(_("系统")), row.body, row.role]
    return " · ".join(part for part in parts if part)


def _said(row: Listed) -> SafeString:
    """Return what changed line by line, what else is worth a look in one line, and the words; the page has it all."""
    lines = [str(item) for item in row.differences if item.before is not None][:SHOWN]
    told = [str(item) for item in row.differences if item.before is None and item.name in TELLING]
    lines += ["，".join(told)] if told else []
    lines += [row.words] if row.words else []
    lines += [str(_("文字已抹除"))] if row.erased else []
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in lines))


def _kept_together(_row: Listed) -> str:
    return "nowrap"


class LogTable(Table):
    """The log, newest first."""

    name: ClassVar[str] = "log"
    title: ClassVar[Any] = _("审计日志")
    default_order: ClassVar[Sequence[str]] = ("-pk",)
    beside: ClassVar[bool] = True
    nothing: ClassVar[Any] = _("有人办理业务或更改设置后，这里逐条列出。")
    columns: ClassVar[Sequence[Column]] = (
        Column(
            "at", _("时间"), kind="moment", value=lambda row: row.event.at,
            link=lambda row: reverse("audit:entry", args=[row.pk]),
        ),
        Column("about", _("事项"), cell=_about, tone=_kept_together),
        Column("what", _("动作")),
        Column("who", _("经办"), value=_who, tone=_kept_together),
        Column("behalf", _("代谁办理")),
        Column("said", _("内容"), value=lambda row: "；".join(map(str, row.differences)), cell=_said),
        Column("day", _("生效日期"), kind="day", value=lambda row: row.event.day, shown=False),
        Column("place", _("日志位置"), shown=False),
        Column("request", _("请求编号"), value=lambda row: row.event.request, shown=False),
        Column("words", _("文字"), shown=False),
        Column("digest", _("摘要"), value=lambda row: row.event.digest, shown=False),
    )  # fmt: skip
    filters: ClassVar[Sequence[Filter]] = (
        Filter("about", _("案件编号或事项名称"), narrow=about),
        Filter("person", _("经办人"), narrow=by("actor", "person")),
        Filter("body", _("单位"), narrow=by("body", "body")),
        Filter("code", _("动作"), lookup="code", choices=codes),
        Filter("since", _("起日，如 2026-11-01"), narrow=since),
        Filter("until", _("止日，如 2026-11-30"), narrow=until),
        Filter("request", _("请求编号"), lookup="request"),
    )

    @cached_property
    def page(self) -> Page[Any]:
        """The entries of the page asked for, in words."""
        page = super().page
        page.object_list = listed(list(page.object_list))
        return page

    @property
    def asked(self) -> dict[str, str]:
        """What the filters were set to; empty for the whole log."""
        return {item.filter.key: item.wanted for item in self.narrowings if item.wanted}
