"""Tables on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.template.loader import render_to_string

if TYPE_CHECKING:
    from huancheng.platform.common.tables import Table

register = template.Library()


@register.simple_tag(takes_context=True)
def table(context: template.Context, table: Table) -> str:
    """Return a list with its filters, heads, rows, totals and pages."""
    return render_to_string("common/components/table.html", {"table": table}, request=context["request"])
