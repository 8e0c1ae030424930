"""Messages: what a person was told, and how they wish to be told."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.messages import mark_read, wish
from huancheng.platform.casework.forms.wishes import WishForm
from huancheng.platform.casework.models import MessageKind
from huancheng.platform.casework.queries.messages import page_of_messages, unread, wish_of


@login_required
def messages(request: ActingRequest) -> HttpResponse:
    """Show what the person was told, newest first."""
    kind, only_unread = request.GET.get("kind", ""), request.GET.get("unread", "") == "1"
    page, told = page_of_messages(request.acting, request.GET.get("page", "1"), kind=kind, only_unread=only_unread)
    return render(
        request,
        "casework/messages/messages.html",
        {
            "page": page,
            "told": told,
            "unread": unread(request.user.pk),
            "kinds": MessageKind.choices,
            "kind": kind,
            "only_unread": only_unread,
        },
    )


@login_required
@require_POST
def read(request: ActingRequest) -> HttpResponse:
    """Mark one message, or all, as read; another person's are as good as not there."""
    wanted = request.POST.get("message", "")
    mark_read(request.user.pk, [int(wanted)] if wanted.isascii() and wanted.isdigit() else None)
    return redirect("casework:messages")


@login_required
def wishes(request: ActingRequest) -> HttpResponse:
    """Ask how the person wishes to be told."""
    form = WishForm.of(wish_of(request.user.pk), request.POST or None)
    if request.method == "POST" and form.is_valid():
        wish(request.user.pk, *form.told())
        return redirect("casework:messages")
    return render(request, "casework/messages/wishes.html", {"form": form})
