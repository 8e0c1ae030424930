"""Reading files."""

from __future__ import annotations

import logging

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huancheng.platform.common.ranges import serve_bytes
from huancheng.platform.files.domain.reading import Readable, readable
from huancheng.platform.files.domain.store import Damaged, open_stored
from huancheng.platform.files.formats import formats
from huancheng.platform.files.views.requests import OpenRequest

LOGGER = logging.getLogger(__name__)
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; object-src 'self'; frame-ancestors 'self'"
"""What a previewed file may do: nothing but be drawn."""


@require_safe
def download(request: OpenRequest, owner: str, number: int) -> HttpResponseBase:
    """Send a file to be saved, if the app that refers to it lets this person read it."""
    return _send(request, owner, number, inline=False)


@require_safe
def preview(request: OpenRequest, owner: str, number: int) -> HttpResponseBase:
    """Send a file to be looked at in the browser; formats a browser might run are sent to be saved instead."""
    return _send(request, owner, number, inline=True)


def _send(request: OpenRequest, owner: str, number: int, *, inline: bool) -> HttpResponseBase:
    found = readable(owner, number, request.acting)
    if found is None:
        if request.acting is None:
            return redirect_to_login(request.get_full_path())
        raise Http404
    try:
        open_stored(found.stored).close()
    except Damaged:
        LOGGER.exception("stored file damaged")
        words = _("文件在存储中损坏或缺失，已记录。请告知系统管理员从备份恢复。")
        return HttpResponse(words, status=500, content_type="text/plain; charset=utf-8")
    return _answer(request, found, inline=inline and formats()[found.stored.format].inline)


def _answer(request: OpenRequest, found: Readable, *, inline: bool) -> HttpResponseBase:
    stored = found.stored
    media_type = stored.media_type + ("; charset=utf-8" if stored.media_type.startswith("text/") else "")
    answer = serve_bytes(request, lambda: open_stored(stored), stored.size, tag=stored.sha256, media_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(not inline, found.name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Frame-Options"] = "SAMEORIGIN" if inline else "DENY"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-cache"
    return answer
