"""Where a person is signed in: noted at sign-in, forgotten at sign-out, ended everywhere at once."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

from huancheng.platform.bodies.models import Person, Presence
from huancheng.platform.common import clock


def note_presence(request: HttpRequest, person: Person) -> None:
    """Remember the browser in which a person signed in."""
    if not request.session.session_key:
        request.session.save()
    Presence.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "person": person, "begun_at": clock.now(), "address": request.META.get("REMOTE_ADDR"),
            "browser": request.META.get("HTTP_USER_AGENT", "")[:200],
        },
    )  # fmt: skip


def forget_presence(session_key: str | None) -> None:
    """Forget a browser that signed out."""
    Presence.objects.filter(session_key=session_key or "").delete()


def sign_out_everywhere(person: Person, *, but: str = "") -> int:
    """End all sessions of a person, but one; returns how many ended."""
    with transaction.atomic():
        others = Presence.objects.filter(person=person).exclude(session_key=but)
        keys = list(others.values_list("session_key", flat=True))
        Session.objects.filter(session_key__in=keys).delete()
        others.delete()
    return len(keys)


def end_session(person: Person, presence: int) -> bool:
    """End one session of a person; false where it is not theirs or already ended."""
    with transaction.atomic():
        found = Presence.objects.filter(person=person, pk=presence).first()
        if found is None:
            return False
        Session.objects.filter(session_key=found.session_key).delete()
        found.delete()
    return True
