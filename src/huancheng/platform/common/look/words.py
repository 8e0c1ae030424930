"""How dates, numbers and money are written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

TEN_THOUSAND = 10_000


@register.filter
def day(value: date | datetime | None) -> str:
    """Return a day as 2026-11-22; a dash for none."""
    if value is None or value == "":
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return value.strftime("%Y-%m-%d")


@register.filter
def moment(value: datetime | None) -> str:
    """Return a moment as 2026-11-22 09:30 in the city's time; a dash for none."""
    if value is None or value == "":
        return "–"
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return local.strftime("%Y-%m-%d %H:%M")


@register.filter
def number(value: float | Decimal | None, places: int | str = "") -> str:
    """Return a number with thousands set apart; a dash for none.

    Parameters
    ----------
    value
        The number.
    places
        Digits behind the point; as many as it has (at most four) where nothing is said.
    """
    if value is None or value == "":
        return "–"
    if places != "":
        return f"{value:,.{int(places)}f}"
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


@register.filter
def wan(value: float | Decimal | None) -> SafeString | str:
    """Return an amount of yuan in 万元, the yuan on hover; a dash for none."""
    if value is None or value == "":
        return "–"
    return format_html(
        '<span class="figure" title="{} {}">{}<span class="unit">{}</span></span>',
        f"{value:,.2f}", _("元"), f"{value / TEN_THOUSAND:,.2f}", _("万元"),
    )  # fmt: skip
