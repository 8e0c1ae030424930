"""The second factor: enrolling a device, giving a code."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import django_otp
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from huancheng.platform.bodies.domain.second_factor import (
    device_to_enrol,
    finish_enrolling,
    picture_of,
    renew_recovery_codes,
)
from huancheng.platform.bodies.forms.account import CodeForm
from huancheng.platform.bodies.queries.acting import is_verified
from huancheng.platform.bodies.queries.second_factor import has_second_factor
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.bodies.views.guards import tried
from huancheng.platform.common.redirects import next_page


@login_required
@never_cache
@sensitive_post_parameters("code")
def verify(request: ActingRequest) -> HttpResponse:
    """Ask for the code of the device, or a recovery code; guessing is slowed by the device itself."""
    if is_verified(request.user) or not has_second_factor(request.user):
        return redirect(next_page(request))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = django_otp.match_token(request.user, form.cleaned_data["code"])
        if device is not None:
            django_otp.login(request, device)
            return redirect(next_page(request))
        form.add_error("code", _("验证码不对，或刚刚用过。稍等片刻，输入当前显示的数字。"))
    return render(request, "bodies/second_factor.html", {"form": form, "next": next_page(request)})


@login_required
@never_cache
@sensitive_post_parameters("code")
def enrol(request: ActingRequest) -> HttpResponse:
    """Show the secret as a QR code, and take the device into use with its first code.

    Who has a device must have given its code first: else a stolen password could replace it.
    """
    if has_second_factor(request.user) and not is_verified(request.user):
        return redirect("bodies:second-factor")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        enrolled = tried(form, lambda: finish_enrolling(request.user, form.cleaned_data["code"], request.acting))
        if enrolled is not None:
            device, codes = enrolled
            django_otp.login(request, device)
            return render(request, "bodies/recovery_codes.html", {"codes": codes})
    device = device_to_enrol(request.user)
    context = {"form": form, "picture": picture_of(device), "secret": _in_fours(device.config_url)}
    return render(request, "bodies/enrol.html", context)


@login_required
@require_POST
@never_cache
def recovery_codes(request: ActingRequest) -> HttpResponse:
    """Replace the recovery codes and show them once."""
    if not is_verified(request.user):
        messages.error(request, _("先用验证码确认身份，再换发恢复码。"))
        return redirect("bodies:account")
    codes = renew_recovery_codes(request.user, request.acting)
    return render(request, "bodies/recovery_codes.html", {"codes": codes})


def _in_fours(address: str) -> str:
    """Return the secret in an enrolment address, in fours, for typing."""
    secret = parse_qs(urlsplit(address).query)["secret"][0]
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
