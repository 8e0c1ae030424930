"""What stands before a view: who may come in at all, and how a refusal is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.bodies.rules import MANAGE, carries, could_carry

View = Callable[..., HttpResponse]
T = TypeVar("T")


def managing(view: View) -> View:
    """Let only administrators in, and those only in their timed session: others find nothing here."""

    @login_required
    @wraps(view)
    def guarded(request: ActingRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not could_carry(request.acting, MANAGE):
            raise Http404
        if not carries(request.acting, MANAGE):
            back = request.get_full_path() if request.method == "GET" else reverse("bodies:people")
            return redirect(f"{reverse('bodies:elevate')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    return guarded


def words_of(fault: InputFault) -> str:
    """Return what a person is told: what is wrong, and what to do."""
    return _("{wrong}：{cure}").format(wrong=fault.message, cure=fault.cure) if fault.cure else fault.message


def tried(form: forms.Form, act: Callable[[], T]) -> T | None:
    """Do something that a form asks for; a refusal is told at its field, and None returned."""
    try:
        return act()
    except InputFault as fault:
        form.add_error(fault.field if fault.field in form.fields else None, words_of(fault))
        return None


def carried_out(form: forms.Form, act: Callable[[], object]) -> bool:
    """Do something that a form asks for and that returns nothing of interest; says whether it was done."""
    return tried(form, lambda: (act(), True)) is not None


def done_or_told(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do something a button asks for; says what was done, or why not."""
    try:
        act()
    except InputFault as fault:
        messages.error(request, words_of(fault))
        return False
    messages.success(request, done)
    return True
