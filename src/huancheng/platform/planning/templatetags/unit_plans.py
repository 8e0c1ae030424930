"""What the pages of a unit plan show again and again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huancheng.planning.unit_form.columns import USES
from huancheng.platform.casework.queries.said import listed
from huancheng.platform.common.look.records import figure, light
from huancheng.report.numerals import format_number

register = template.Library()

LINES = {
    "held": ("green", gettext_lazy("未突破")),
    "breach": ("red", gettext_lazy("突破底线")),
    "warning": ("amber", gettext_lazy("提示")),
    "needs_data": ("grey", gettext_lazy("资料不足")),
    "not_applicable": ("grey", gettext_lazy("不适用")),
}
"""State of a red line → tone and words."""

VERDICTS = {
    "conforms": ("green", gettext_lazy("符合")),
    "conditional": ("amber", gettext_lazy("有条件符合")),
    "conflicts": ("red", gettext_lazy("不符合")),
    "needs_data": ("grey", gettext_lazy("资料不足")),
}
"""Agreement with a plan → tone and words."""

SCREENED = {
    "clear": ("green", gettext_lazy("不涉及")),
    "touches": ("amber", gettext_lazy("涉及")),
    "needs_data": ("grey", gettext_lazy("资料不足")),
}
"""What a screening found → tone and words."""

SHARES = frozenset({"demolition_ratio", "nearby_rate"})
"""Red lines told as a share."""

DIGITS = {"floor_area": "0", "residents": "0", "far": "2", "rebuild_ratio": "2"}
"""Digits behind the point of an indicator, where it is not one."""


@register.simple_tag
def evidence(value: Mapping[str, Any] | None, places: str = "1") -> SafeString:
    """Return a value as it was computed: with unit, where it comes from and date; what is not known says why."""
    if not value or value.get("amount") is None:
        state = (value or {}).get("state", "")
        words = _("不适用") if state == "not_applicable" else _("缺数据")
        return format_html('<span class="soft" title="{}">{}</span>', (value or {}).get("note", ""), words)
    asof = date.fromisoformat(value["as_of"]) if value.get("as_of") else None
    amount = 0.0 if round(value["amount"], int(places)) == 0 else value["amount"]
    return figure(amount, value["unit"], provenance=value.get("provenance", ""), asof=asof, places=places)


@register.filter
def digits(indicator: str) -> str:
    """Return the digits behind the point of an indicator."""
    return DIGITS.get(indicator, "1")


@register.simple_tag
def line_light(state: str) -> SafeString:
    """Return the state of a red line as a light."""
    return light(*LINES[state])


@register.simple_tag
def screened_light(state: str) -> SafeString:
    """Return what a screening found as a light."""
    return light(*SCREENED[state])


@register.simple_tag
def verdict_light(verdict: str) -> SafeString:
    """Return how something agrees with a plan as a light."""
    return light(*VERDICTS[verdict])


@register.filter
def line_figure(line: Mapping[str, Any], name: str) -> str:
    """Return the figure of a red line, or its limit, in words."""
    amount = line[name]
    if amount is None:
        return "–"
    return f"{amount * 100:.1f}%" if line["fact"] in SHARES else format_number(round(amount, 2))


@register.filter
def of_kind(lines: list[Mapping[str, Any]], kind: str) -> list[Mapping[str, Any]]:
    """Return the lines of money of one kind."""
    return [line for line in lines if line["kind"] == kind]


@register.filter
def use_title(use: str) -> str:
    """Return the word of a use of land."""
    return str(USES.get(use, use))


@register.filter
def percent(value: float | None) -> str:
    """Return a share from 0 to 1 in percent; unknown is a dash."""
    return "–" if value is None else f"{format_number(round(value * 100, 2))}%"


@register.filter
def one_by_one(words: Sequence[str]) -> str:
    """Return words one after another; none is a dash."""
    return listed(words) or "–"


@register.filter
def between(ends: Sequence[float] | None) -> str:
    """Return a range by its ends, or the one number where both are the same; unknown is a dash."""
    if ends is None:
        return "–"
    return "–".join(dict.fromkeys(format_number(round(end)) for end in ends))


@register.filter
def plain(value: float | None) -> str:
    """Return a number; unknown is a dash."""
    return "–" if value is None else format_number(round(value, 2))
