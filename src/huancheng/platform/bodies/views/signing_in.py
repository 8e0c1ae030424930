"""Signing in and out."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from huancheng.platform.bodies.forms.signing_in import SignInForm

LOCKED = 429


class SignIn(LoginView):
    """The page at the door; who is signed in already goes on to where they wanted."""

    template_name = "bodies/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add whether the log-ins of the demonstration are listed."""
        return {**super().get_context_data(**kwargs), "demo": settings.DEMO}


@method_decorator(never_cache, name="dispatch")
class SignOut(LogoutView):
    """Ends the session; only by post, so that no link or picture can do it."""

    next_page = "/"


def locked_out(request: HttpRequest, *_of_the_attempt: object) -> HttpResponse:
    """Tell that too many passwords were wrong; the same for names that exist and names that don't."""
    context = {"form": SignInForm(request), "locked": True, "demo": settings.DEMO}
    return render(request, "bodies/sign_in.html", context, status=LOCKED)
