"""Tags that every template knows: the pieces the pages are made of."""

from __future__ import annotations

from django import template

register = template.Library()
