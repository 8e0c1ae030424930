"""Notes for machines: robots.txt and security.txt."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from huancheng.platform.common import clock

PLAIN = "text/plain; charset=utf-8"


@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """Ask search engines to stay out: what is published for all is published elsewhere."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type=PLAIN)


@require_safe
def security(_request: HttpRequest) -> HttpResponse:
    """Say to whom a weakness is told (RFC 9116)."""
    until = (clock.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    contact = settings.SECURITY_CONTACT
    return HttpResponse(f"Contact: {contact}\nExpires: {until}\nPreferred-Languages: zh, en\n", content_type=PLAIN)
