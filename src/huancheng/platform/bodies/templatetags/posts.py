"""Roles and terms in words."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from huancheng.platform.bodies.forms.bodies import kind_words
from huancheng.platform.bodies.queries.roles import role_title

register = template.Library()
register.filter("role", role_title)
register.filter("kind", kind_words)


BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)  # fmt: skip
"""What a browser says of itself → its name; the first that is found, since each also names its forebears."""


@register.filter
def browser(told: str) -> str:
    """Return a browser and its system by name; the words themselves where they are not known."""
    names = [next((name for sign, name in known if sign in told), "") for known in (BROWSERS, SYSTEMS)]
    return " · ".join(name for name in names if name) or told[:40] or "—"


@register.simple_tag
def term(row: Any) -> str:
    """Return the first and last day of something; an open end is said in words."""
    first, last = row.valid_from, row.valid_until
    if first is None and last is None:
        return _("长期")
    return f"{first or _('原有')} — {last or _('长期')}"
