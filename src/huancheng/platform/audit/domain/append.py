"""Appending to the log: the one way anything enters it."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date, datetime
from typing import Any

from django.db import connection

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.models import Event, Words
from huancheng.platform.common import clock


def append(
    stream: str,
    code: str,
    acting: Acting,
    data: dict[str, Any] | None = None,
    *,
    day: date | None = None,
    words: str = "",
) -> Event:
    """Append an entry; must run inside the transaction that makes the change, after its row was locked.

    Parameters
    ----------
    stream
        What it is about, as `case:17`.
    code
        What happened, as `case.decided`.
    acting
        Who did it.
    data
        Plain data without personal data: before, after, papers' numbers.
    day
        When it took effect; today where nothing is said.
    words
        Free text; kept apart so that it can be erased.

    Raises
    ------
    RuntimeError
        Outside a transaction: a change and its entry stand or fall together.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an entry of the log must be written in the transaction of the change")
    _hold(stream)
    last = Event.objects.filter(stream=stream).order_by("-sequence").values_list("sequence", "digest").first()
    sequence, previous = last or (0, "")
    salt = secrets.token_hex(16) if words else ""
    event = Event(
        stream=stream, sequence=sequence + 1, code=code, at=clock.now(), day=day or clock.today(),
        actor=acting.person, body=acting.body, on_behalf_of=acting.on_behalf_of, role=acting.role,
        request=acting.request, data=data or {}, words_digest=digest_words(salt, words), previous=previous,
    )  # fmt: skip
    event.digest = digest_event(event)
    event.save(force_insert=True)
    if words:
        Words.objects.create(event=event, text=words, salt=salt)
    return event


def _hold(stream: str) -> None:
    """Wait for whoever else writes to this stream; SQLite has one writer at a time in any case.

    Callers lock the row they change, so that nearly nobody ever waits here; streams without a row of their own, as
    those of sign-ins, rely on it.
    """
    if connection.vendor == "postgresql":
        key = int.from_bytes(hashlib.sha256(stream.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def digest_words(salt: str, text: str) -> str:
    """Return the digest that stands in the entry for its free text; empty for none."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest() if text else ""


def digest_event(event: Event) -> str:
    """Return an entry's digest, over all that it says and the digest before it."""
    content = {
        "stream": event.stream,
        "sequence": event.sequence,
        "code": event.code,
        "at": _moment(event.at),
        "day": event.day.isoformat(),
        "actor": event.actor,
        "body": event.body,
        "on_behalf_of": event.on_behalf_of,
        "role": event.role,
        "request": event.request,
        "data": event.data,
        "words": event.words_digest,
        "previous": event.previous,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _moment(moment: datetime) -> str:
    """Return a moment the same way on both databases, whatever the zone."""
    return f"{moment.timestamp():.6f}"
