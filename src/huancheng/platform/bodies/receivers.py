"""What follows from signing in and out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from huancheng.platform.bodies.domain.presence import forget_presence, note_presence
from huancheng.platform.bodies.models import Person


@receiver(user_logged_in, dispatch_uid="bodies.note_presence")
def on_sign_in(request: HttpRequest, user: Person, **_more: Any) -> None:
    """Remember where somebody signed in."""
    note_presence(request, user)


@receiver(user_logged_out, dispatch_uid="bodies.forget_presence")
def on_sign_out(request: HttpRequest, **_more: Any) -> None:
    """Forget it."""
    forget_presence(request.session.session_key)
