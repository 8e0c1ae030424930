"""Tags that every template knows: the pieces the pages are made of, written in `common/look/`."""

from __future__ import annotations

from django import template

from huancheng.platform.common.look import forms, lists, pages, records, words

register = template.Library()
for library in (forms.register, lists.register, pages.register, records.register, words.register):
    register.tags.update(library.tags)
    register.filters.update(library.filters)
