"""Adding, renaming, moving and retiring bodies; seats in groups."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huancheng.platform.bodies.domain.bodies import (
    add_body,
    add_member,
    end_membership,
    move_body,
    rename_body,
    retire_body,
)
from huancheng.platform.bodies.forms.bodies import BodyForm, LastDayForm, MemberForm, MoveForm, RenameForm, RetireForm
from huancheng.platform.bodies.models import Body, Membership
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.bodies.rules import managed_bodies
from huancheng.platform.bodies.views.guards import carried_out, done_or_told, managing, tried
from huancheng.platform.common import clock


@managing
def new_body(request: ActingRequest) -> HttpResponse:
    """Add a body."""
    first = {"parent": request.GET.get("parent")}
    form = BodyForm(request.POST or None, managed=managed_bodies(request.acting), initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = tried(form, lambda: add_body(told["name"], told["parent"], told["kind"], request.acting))
        if made is not None:
            messages.success(request, _("单位已新增。"))
            return redirect("bodies:body", made.pk)
    return _page(request, form, _("新增单位"), _("新增"))


@managing
def rename(request: ActingRequest, body: int) -> HttpResponse:
    """Give a body another name."""
    found, form = _managed(request, body), RenameForm(request.POST or None)
    return _change(
        request, found, form, _("更名"),
        lambda: rename_body(found, form.cleaned_data["name"], form.cleaned_data["until"], request.acting),
    )  # fmt: skip


@managing
def move(request: ActingRequest, body: int) -> HttpResponse:
    """Hang a body below another."""
    found = _managed(request, body)
    form = MoveForm(request.POST or None, managed=managed_bodies(request.acting), initial={"parent": found.parent_id})
    return _change(
        request, found, form, _("调整上级单位"),
        lambda: move_body(found, form.cleaned_data["parent"], request.acting),
    )  # fmt: skip


@managing
def retire(request: ActingRequest, body: int) -> HttpResponse:
    """Retire a body, or merge it into another."""
    found, form = _managed(request, body), RetireForm(request.POST or None)
    return _change(
        request, found, form, _("撤销单位"),
        lambda: retire_body(found, form.cleaned_data["day"], form.cleaned_data["successor"], request.acting),
    )  # fmt: skip


@managing
def new_member(request: ActingRequest, body: int) -> HttpResponse:
    """Give a body a seat in a group."""
    found, form = _managed(request, body), MemberForm(request.POST or None)
    return _change(
        request, found, form, _("增加成员"),
        lambda: add_member(found, form.cleaned_data["member"], form.term(), request.acting),
    )  # fmt: skip


@managing
@require_POST
def end_member(request: ActingRequest, membership: int) -> HttpResponse:
    """End a seat."""
    found = get_object_or_404(Membership, pk=membership, group_id__in=managed_bodies(request.acting))
    form = LastDayForm(request.POST)
    last = form.cleaned_data["last"] if form.is_valid() else None
    done_or_told(request, lambda: end_membership(found, last or clock.today(), request.acting), _("席位已终止。"))
    return redirect("bodies:body", found.group_id)


def _managed(request: ActingRequest, body: int) -> Body:
    return get_object_or_404(Body.objects.filter(pk__in=managed_bodies(request.acting)), pk=body)


def _change(request: ActingRequest, body: Body, form: forms.Form, verb: str, act: Callable[[], object]) -> HttpResponse:
    """Show a form about a body and carry it out."""
    if request.method == "POST" and form.is_valid() and carried_out(form, act):
        messages.success(request, _("已办理：{verb}。").format(verb=verb))
        return redirect("bodies:body", body.pk)
    return _page(request, form, verb, _("保存"), body)


def _page(request: ActingRequest, form: forms.Form, headline: str, verb: str, body: Body | None = None) -> HttpResponse:
    return render(request, "bodies/body_form.html", {"form": form, "headline": headline, "verb": verb, "body": body})
