"""Entering people, changing their data, access and posts."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huancheng.evidence import InputFault
from huancheng.platform.bodies.domain.erasing import erase_person
from huancheng.platform.bodies.domain.people import (
    change_person,
    deactivate,
    enter_person,
    reactivate,
    reset_password,
    reset_second_factor,
)
from huancheng.platform.bodies.domain.posts import end_post, give_post
from huancheng.platform.bodies.forms.bodies import LastDayForm
from huancheng.platform.bodies.forms.people import EraseForm, NewPersonForm, PersonForm, PostForm
from huancheng.platform.bodies.models import Person, Post
from huancheng.platform.bodies.queries.people import people_in_sight
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.bodies.rules import managed_bodies
from huancheng.platform.bodies.views.guards import carried_out, done_or_told, managing, tried, words_of


@managing
@never_cache
def new_person(request: ActingRequest) -> HttpResponse:
    """Enter a person with their first post; the password is shown once."""
    form = NewPersonForm(request.POST or None, acting=request.acting, initial={"body": request.GET.get("body")})
    if request.method == "POST" and form.is_valid():
        entered = tried(form, lambda: _enter(form, request))
        if entered is not None:
            person, password = entered
            return render(request, "bodies/new_passwords.html", {"people": [(person, password)]})
    return render(request, "bodies/new_person.html", {"form": form})


def _enter(form: NewPersonForm, request: ActingRequest) -> tuple[Person, str]:
    told = form.cleaned_data
    with transaction.atomic():
        person, password = enter_person(form.data_told(), request.acting)
        give_post(person, told["body"], told["role"], request.acting, form.term(), title=told["title"])
    return person, password


@managing
def edit_person(request: ActingRequest, person: int) -> HttpResponse:
    """Change a person's name, telephone and mail."""
    found = _in_sight(request, person)
    first = {"name": found.name, "phone": found.phone, "email": found.email}
    form = PersonForm(request.POST or None, initial=first)
    del form.fields["username"]
    if request.method == "POST" and form.is_valid():
        changed = tried(form, lambda: change_person(found, form.data_told(found.username), request.acting))
        if changed is not None:
            messages.success(request, _("已保存。") if changed else _("没有改动。"))
            return redirect("bodies:person", found.pk)
    return render(request, "bodies/edit_person.html", {"form": form, "person": found})


@managing
def new_post(request: ActingRequest, person: int) -> HttpResponse:
    """Give a person a post."""
    found = _in_sight(request, person)
    form = PostForm(request.POST or None, acting=request.acting)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = tried(
            form, lambda: give_post(found, told["body"], told["role"], request.acting, form.term(), title=told["title"])
        )
        if made is not None:
            messages.success(request, _("岗位已设置。"))
            return redirect("bodies:person", found.pk)
    return render(request, "bodies/new_post.html", {"form": form, "person": found})


@managing
@require_POST
def close_post(request: ActingRequest, post: int) -> HttpResponse:
    """End a post."""
    found = get_object_or_404(Post, pk=post, body_id__in=managed_bodies(request.acting))
    form = LastDayForm(request.POST)
    last = form.cleaned_data["last"] if form.is_valid() else None
    done_or_told(request, lambda: end_post(found, last, request.acting), _("岗位已终止。"))
    return redirect("bodies:person", found.person_id)


@managing
@require_POST
@never_cache
def new_password(request: ActingRequest, person: int) -> HttpResponse:
    """Reset a person's password; the new one is shown once."""
    found = _in_sight(request, person)
    try:
        password = reset_password(found, request.acting)
    except InputFault as fault:
        messages.error(request, words_of(fault))
        return redirect("bodies:person", found.pk)
    return render(request, "bodies/new_passwords.html", {"people": [(found, password)], "reset": True})


def _button(act: Callable[..., object], done: object) -> Callable[..., HttpResponse]:
    """Return a view that does one thing about a person."""

    @managing
    @require_POST
    def view(request: ActingRequest, person: int) -> HttpResponse:
        found = _in_sight(request, person)
        done_or_told(request, lambda: act(found, request.acting), str(done))
        return redirect("bodies:person", found.pk)

    return view


stop = _button(deactivate, gettext_lazy("已停用，该人员已从各处退出登录。"))
restart = _button(reactivate, gettext_lazy("已启用。"))
lose_second_factor = _button(reset_second_factor, gettext_lazy("动态验证码已解除，该人员须重新绑定。"))


@managing
def erase(request: ActingRequest, person: int) -> HttpResponse:
    """Erase a person's data, once their user name was typed again."""
    found = _in_sight(request, person)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["username"] != found.username:
            form.add_error("username", _("与该人员的用户名不一致。"))
        elif carried_out(form, lambda: erase_person(found, request.acting)):
            messages.success(request, _("个人数据已抹除，办理记录保留编号。"))
            return redirect("bodies:person", found.pk)
    return render(request, "bodies/erase_person.html", {"form": form, "person": found})


def _in_sight(request: ActingRequest, person: int) -> Person:
    found: Person = get_object_or_404(people_in_sight(request.acting), pk=person)
    return found
