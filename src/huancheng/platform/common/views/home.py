"""Where one begins, and in which language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_POST

from huancheng.platform.common.rail import rail_items
from huancheng.platform.common.redirects import next_page


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Lead those who are signed in to their first page of the rail, others to the sign-in page."""
    if not request.user.is_authenticated:
        return redirect(settings.LOGIN_URL)
    items = rail_items(request, getattr(request, "acting", None))
    return redirect(items[0].url) if items else render(request, "common/no_post.html")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Show pages in the language asked for from now on; an unknown one changes nothing."""
    answer = HttpResponseRedirect(next_page(request))
    wanted = request.POST.get("language", "")
    if translation.check_for_language(wanted) and wanted in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wanted, max_age=365 * 86_400, samesite="Lax", secure=settings.HTTPS
        )
    return answer
