"""The pages behind 管理, as tabs."""

from __future__ import annotations

from typing import Any

from django import template

from huancheng.platform.common.management import management_tabs

register = template.Library()


@register.simple_tag(takes_context=True)
def management(context: dict[str, Any]) -> list[Any]:
    """Return the pages behind 管理 that this person may open, for `{% tabs %}`."""
    return management_tabs(context["request"])
