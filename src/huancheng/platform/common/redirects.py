"""Where to go next, when a form says so: only ever to a page of our own."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def next_page(request: HttpRequest, otherwise: str = "common:home") -> str:
    """Return the path that the request asks to go to next, else that of a named URL.

    Parameters
    ----------
    request
        May carry `next` in its form or query.
    otherwise
        Name of the URL to go to where `next` is missing or leads out of this site.
    """
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    own = (
        wanted.startswith("/")
        and wanted.isprintable()
        and url_has_allowed_host_and_scheme(
            wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )
    )
    return wanted if own else reverse(otherwise)
