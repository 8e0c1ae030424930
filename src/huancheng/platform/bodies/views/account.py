"""One's own account: posts, password, second factor, where one is signed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.domain.presence import end_session, note_presence, sign_out_everywhere
from huancheng.platform.bodies.forms.account import NewPasswordForm
from huancheng.platform.bodies.models import Post, Presence
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.bodies.queries.second_factor import codes_left, has_second_factor, lacks_second_factor
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.common import clock


@login_required
@require_GET
def account(request: ActingRequest) -> HttpResponse:
    """Show one's posts, second factor and sessions."""
    context = {
        "posts": Post.objects.filter(valid_on(clock.today()), person=request.user).select_related("body"),
        "presences": Presence.objects.filter(person=request.user),
        "here": request.session.session_key,
        "enrolled": has_second_factor(request.user),
        "lacking": lacks_second_factor(request.user),
        "codes_left": codes_left(request.user),
    }
    return render(request, "bodies/account.html", context)


@login_required
@never_cache
@sensitive_post_parameters()
def password(request: ActingRequest) -> HttpResponse:
    """Change one's password; all other sessions end."""
    form = NewPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            person = form.save(commit=False)
            person.must_change_password = False
            person.save(update_fields=["password", "must_change_password"])
            append(f"person:{person.pk}", "person.password_changed", request.acting)
        sign_out_everywhere(request.user, but=request.session.session_key or "")
        Presence.objects.filter(session_key=request.session.session_key).delete()
        update_session_auth_hash(request, person)
        note_presence(request, person)
        messages.success(request, _("密码已更改，其他设备已退出登录。"))
        return redirect("common:home")
    return render(request, "bodies/password.html", {"form": form, "forced": request.user.must_change_password})


@login_required
@require_POST
def end_presence(request: ActingRequest, presence: int) -> HttpResponse:
    """End one of one's sessions; another person's is as good as not there."""
    if not end_session(request.user, presence):
        raise Http404
    messages.success(request, _("该设备已退出登录。"))
    return redirect("bodies:account")


@login_required
@require_POST
def end_all(request: ActingRequest) -> HttpResponse:
    """Sign out everywhere, here too."""
    sign_out_everywhere(request.user)
    logout(request)
    return redirect("common:home")
