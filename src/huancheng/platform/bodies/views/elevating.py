"""Timed sessions of administrators."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from huancheng.platform.bodies.domain.elevating import can_elevate, close_elevation, open_elevation
from huancheng.platform.bodies.forms.account import CommentForm, ElevateForm
from huancheng.platform.bodies.models import Elevation
from huancheng.platform.bodies.queries.acting import ELEVATED_UNTIL, ELEVATION
from huancheng.platform.bodies.queries.elevations import told_of
from huancheng.platform.bodies.queries.roles import role_named
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.bodies.rules import WATCH, could_carry, keeps_whole_tree
from huancheng.platform.bodies.views.guards import carried_out, tried
from huancheng.platform.common.redirects import next_page

ON_A_PAGE = 50


@login_required
@never_cache
@sensitive_post_parameters("password")
def elevate(request: ActingRequest) -> HttpResponse:
    """Open the timed session with a reason and one's password."""
    if not can_elevate(request.acting):
        raise Http404
    form = ElevateForm(request.POST or None)
    if not request.user.has_usable_password():
        del form.fields["password"]
    if request.method == "POST" and form.is_valid() and _is_oneself(request, form):
        opened = tried(form, lambda: open_elevation(request.acting, form.cleaned_data["reason"]))
        if opened is not None:
            request.session[ELEVATED_UNTIL] = opened.until.timestamp()
            request.session[ELEVATION] = opened.pk
            return redirect(next_page(request, "bodies:people"))
    context = {"form": form, "next": next_page(request, "bodies:people"), "minutes": settings.ELEVATED_MINUTES}
    return render(request, "bodies/elevate.html", context)


def _is_oneself(request: ActingRequest, form: ElevateForm) -> bool:
    """Whether the password is right; wrong ones count towards the lock like those at the door."""
    if "password" not in form.fields:
        return True
    found = authenticate(request, username=request.user.username, password=form.cleaned_data["password"])
    if found is None or found.pk != request.user.pk:
        form.add_error("password", _("密码不对。"))
        return False
    return True


@login_required
def close(request: ActingRequest, elevation: int) -> HttpResponse:
    """Close one's timed session, or comment on one that ran out."""
    found = get_object_or_404(Elevation, pk=elevation, person=request.user)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        closed = carried_out(form, lambda: close_elevation(found, form.cleaned_data["comment"], request.acting))
        if closed:
            request.session.pop(ELEVATED_UNTIL, None)
            request.session.pop(ELEVATION, None)
            messages.success(request, _("管理会话已结束。"))
            return redirect("bodies:account")
    return render(request, "bodies/close_elevation.html", {"form": form, "elevation": found})


@login_required
@require_GET
def elevations(request: ActingRequest) -> HttpResponse:
    """List timed sessions with reason, comment and number of requests, for those who watch administrators."""
    if not could_carry(request.acting, WATCH):
        raise Http404
    rows = Elevation.objects.select_related("person", "post__body")
    if not (_sees_all(request) or keeps_whole_tree(request.acting)):
        rows = rows.filter(person=request.user)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "bodies/elevations.html", {"page": page, "rows": told_of(list(page))})


def _sees_all(request: ActingRequest) -> bool:
    role = role_named(request.acting.role)
    return role is not None and role.sees == "all"
