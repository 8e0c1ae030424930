"""Drafts that a browser keeps: telling it that a form has arrived, so that its draft can go.

The module `draft` sets the cookie `draft_sent` as a form leaves. An answer that leads on (Post/Redirect/Get) means that
it arrived; everything else, an answer that never comes included, leaves the draft where it is.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

SENT = "draft_sent"
ARRIVED = "draft_arrived"


class ArrivedDrafts:
    """Turns the cookie of a form that was sent into that of one that arrived."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        answer = self.get_response(request)
        sent = request.COOKIES.get(SENT, "")
        if sent and request.method == "POST" and _leads_on(answer):
            answer.set_cookie(ARRIVED, sent[:200], max_age=300, samesite="Lax", secure=settings.HTTPS)
            answer.delete_cookie(SENT)
        return answer


def _leads_on(answer: HttpResponse) -> bool:
    """Whether a form was taken: the answer leads to another page, and that is not the sign-in page."""
    if answer.status_code not in {302, 303}:
        return False
    return not answer["Location"].startswith(resolve_url(settings.LOGIN_URL))
