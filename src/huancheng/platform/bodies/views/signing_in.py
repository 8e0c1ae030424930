"""Signing in and out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache

from huancheng.platform.bodies.forms.signing_in import SignInForm
from huancheng.platform.bodies.models import Person
from huancheng.platform.bodies.queries.acting import is_verified
from huancheng.platform.bodies.queries.second_factor import has_second_factor, lacks_second_factor

LOCKED = 429


def door(form: SignInForm, *, locked: bool = False) -> dict[str, Any]:
    """Return what the page at the door shows."""
    return {"form": form, "locked": locked, "demo": settings.DEMO, "oidc": bool(settings.OIDC)}


class SignIn(LoginView):
    """The page at the door; who is signed in already goes on to where they wanted."""

    template_name = "bodies/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what else stands at the door."""
        context = super().get_context_data(**kwargs)
        return {**context, **door(context["form"])}

    def get_success_url(self) -> str:
        """Ask for the one-time code, or for enrolling, before anything else."""
        onwards = super().get_success_url()
        person = self.request.user
        if not isinstance(person, Person) or is_verified(person):
            return onwards
        if has_second_factor(person):
            return f"{reverse('bodies:second-factor')}?{urlencode({'next': onwards})}"
        return reverse("bodies:enrol") if lacks_second_factor(person) else onwards


@method_decorator(never_cache, name="dispatch")
class SignOut(LogoutView):
    """Ends the session; only by post, so that no link or picture can do it."""

    next_page = "/"


def locked_out(request: HttpRequest, *_of_the_attempt: object) -> HttpResponse:
    """Tell that too many passwords were wrong; the same for names that exist and names that don't."""
    return render(request, "bodies/sign_in.html", door(SignInForm(request), locked=True), status=LOCKED)
