"""What stands on any page: built files, icons, where one is, tabs, menus, popovers, dialogues, empty states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import template
from django.core.paginator import Page
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huancheng.platform.common import assets
from huancheng.platform.common.icons import ICONS

if TYPE_CHECKING:
    from huancheng.platform.common.models import Job

register = template.Library()


@register.simple_tag
def asset(name: str) -> str:
    """Return the address of a built style sheet or module, as `main.css`."""
    return assets.address(name)


@register.simple_tag
def map_assets() -> SafeString:
    """Return what the head of a page with a map needs beside the frame's own: MapLibre's style sheet and worker."""
    return format_html(
        '<link rel="stylesheet" href="{}"><meta name="map-worker" content="{}">',
        assets.address("map.css"), assets.address("map-worker.js"),
    )  # fmt: skip


@register.simple_tag
def icon(name: str, words: str = "") -> SafeString:
    """Return an icon; with words it speaks to screen readers, without it is silent."""
    inside = mark_safe(ICONS[name])  # noqa: S308 - our own drawings
    if words:
        return format_html('<svg class="icon" viewBox="0 0 16 16" role="img" aria-label="{}">{}</svg>', words, inside)
    return format_html('<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', inside)


@register.simple_tag
def crumb(words: object, url: str = "") -> SafeString:
    """Return one step of where one is, for the block `where`; the last has no address."""
    if url:
        return format_html('<li><a href="{}">{}</a></li>', url, words)
    return format_html('<li aria-current="page">{}</li>', words)


@register.simple_tag
def action(words: object, url: str, icon_name: str = "", kind: str = "") -> SafeString:
    """Return a link that looks like a button: a verb and where it leads; kind is primary, danger, quiet or small."""
    drawn = icon(icon_name) if icon_name else ""
    return format_html('<a class="button {}" href="{}">{}{}</a>', kind, url, drawn, words)


@register.simple_tag
def tabs(label: str, entries: Sequence[Sequence[Any]], level: int = 1) -> str:
    """Return a line of tabs.

    Parameters
    ----------
    label
        What the tabs are of, for screen readers.
    entries
        Words, address, whether one is there, and how many things are behind it.
    level
        1, or 2 for the second; there is no third.
    """
    names = ("words", "url", "current", "count")
    rows = [dict(zip(names, entry, strict=False)) for entry in entries]
    return render_to_string("common/components/tabs.html", {"label": label, "entries": rows, "level": level})


@register.simple_tag(takes_context=True)
def pagination(context: template.Context, page: Page[Any], key: str = "page") -> str:
    """Return the links to the pages of a list; everything else in the address stays as it is."""
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop(key, None)
    kept = query.urlencode()
    return render_to_string(
        "common/components/pagination.html",
        {
            "page": page,
            "range": page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
            "gap": page.paginator.ELLIPSIS,
            "begin": f"?{kept}&{key}=" if kept else f"?{key}=",
        },
    )


@register.simple_block_tag
def menu(content: str, words: object, icon_name: str = "", kind: str = "") -> str:
    """Wrap links and buttons into a menu that opens under its words: `{% menu "更多" %}…{% endmenu %}`."""
    return render_to_string(
        "common/components/menu.html", {"content": content, "words": words, "icon_name": icon_name, "kind": kind}
    )


@register.simple_block_tag
def popover(content: str, words: object = "", kind: str = "") -> str:
    """Wrap what opens beside its words; without words it opens from an ⓘ: a clause, where a figure comes from."""
    return render_to_string("common/components/popover.html", {"content": content, "words": words, "kind": kind})


@register.simple_block_tag
def empty(content: str, words: object) -> SafeString:
    """Wrap what to do next, under words that say what would be here."""
    return format_html('<div class="empty"><h2>{}</h2>{}</div>', words, content)


@register.simple_tag
def skeleton(rows: int = 6) -> SafeString:
    """Return grey lines that stand in for what is being loaded."""
    lines = mark_safe('<span class="skeleton"></span>' * rows)  # noqa: S308 - our own markup
    return format_html('<div role="status"><span class="unseen">{}</span>{}</div>', _("正在加载"), lines)


@register.simple_block_tag
def confirm(content: str, identifier: str, words: object, verb: object, kind: str = "primary") -> str:
    """Wrap a form's fields into a dialogue that asks before something is done.

    A button opens it with `data-opens="<identifier>"`; inside, write the `<form>`'s fields: the dialogue's own buttons
    submit or close. Use inside a `<form method="post">`.
    """
    return render_to_string(
        "common/components/confirm.html",
        {"content": content, "identifier": identifier, "words": words, "verb": verb, "kind": kind},
    )


@register.simple_tag
def job_progress(job: Job) -> str:
    """Return how far a job is; it asks again by itself until the job has ended."""
    return render_to_string("common/components/job.html", {"job": job})
