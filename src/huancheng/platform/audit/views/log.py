"""The log: listed, narrowed, taken away as a file; one entry; the anchors."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from huancheng.platform.audit.domain.append import digest_event
from huancheng.platform.audit.models import Anchor, Event
from huancheng.platform.audit.queries.anchor_text import anchor_text
from huancheng.platform.audit.queries.listed import listed
from huancheng.platform.audit.queries.log_table import LogTable
from huancheng.platform.audit.views.exporting import FORMATS, export
from huancheng.platform.audit.views.guards import ReadingRequest, reading_log
from huancheng.platform.common.tables import is_panel

TOGETHER = 50
"""Entries of the same request that one entry's page lists."""
ANCHORS = 100


@reading_log
@require_GET
def log(request: ReadingRequest) -> HttpResponseBase:
    """List the log, or give it as a file."""
    table = LogTable(request, Event.objects.select_related("words"))
    wanted = request.GET.get("format", "")
    if wanted in FORMATS:
        return export(table, wanted, request.acting)
    newest = Anchor.objects.order_by("-number").first()
    return table.answer("audit/log.html", {"newest": newest})


@reading_log
@require_GET
def entry(request: ReadingRequest, entry: int) -> HttpResponse:
    """Show one entry: all that it says, what the same request did besides, and whether its digest holds."""
    found: Event = get_object_or_404(Event.objects.select_related("words"), pk=entry)
    besides = Event.objects.select_related("words").filter(request=found.request).exclude(pk=found.pk)
    together = list(besides.order_by("pk")[:TOGETHER]) if found.request else []
    rows = listed([found, *together])
    context = {"row": rows[0], "together": rows[1:], "holds": digest_event(found) == found.digest}
    return render(request, "audit/entry_panel.html" if is_panel(request) else "audit/entry.html", context)


@reading_log
@require_GET
def anchors(request: ReadingRequest) -> HttpResponse:
    """List the newest anchors."""
    return render(request, "audit/anchors.html", {"anchors": Anchor.objects.order_by("-number")[:ANCHORS]})


@reading_log
@require_GET
def anchor(request: ReadingRequest, number: int) -> HttpResponse:  # noqa: ARG001 - the guard asks it
    """Give an anchor as text to be printed, signed and kept elsewhere."""
    found: Anchor = get_object_or_404(Anchor, number=number)
    answer = HttpResponse(anchor_text(found), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="huancheng-anchor-{number}.txt"'
    return answer
