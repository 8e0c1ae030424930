"""Anchoring the log: once a day, over all that came since the anchor before."""

from __future__ import annotations

import hashlib
import json

from django.db import connection, transaction

from huancheng.platform.audit.models import Anchor, Event
from huancheng.platform.common import clock


def make_anchor() -> Anchor | None:
    """Anchor what was entered since the last anchor; None where nothing was.

    Writers are held back for the moment it takes, so that no entry with a smaller id can appear behind the anchor's
    back: PostgreSQL gives ids out before it makes entries visible.
    """
    with transaction.atomic():
        _hold_writers()
        before = Anchor.objects.order_by("-number").first()
        fresh = Event.objects.filter(id__gt=before.last_event if before else 0).order_by("id")
        heads: dict[str, tuple[int, str]] = {}
        last, entries = 0, 0
        for identifier, stream, sequence, digest in fresh.values_list("id", "stream", "sequence", "digest").iterator():
            heads[stream] = (sequence, digest)
            last, entries = identifier, entries + 1
        if not entries:
            return None
        anchor = Anchor(
            number=before.number + 1 if before else 1, at=clock.now(), last_event=last, entries=entries,
            heads={stream: list(head) for stream, head in sorted(heads.items())},
            previous=before.digest if before else "",
        )  # fmt: skip
        anchor.digest = digest_anchor(anchor)
        anchor.save(force_insert=True)
        return anchor


def digest_anchor(anchor: Anchor) -> str:
    """Return an anchor's digest, over all that it says and the digest before it."""
    content = {
        "number": anchor.number,
        "at": f"{anchor.at.timestamp():.6f}",
        "last_event": anchor.last_event,
        "entries": anchor.entries,
        "heads": anchor.heads,
        "previous": anchor.previous,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _hold_writers() -> None:
    """Wait for whoever is writing and keep others from beginning; SQLite has one writer at a time in any case."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE audit_event, audit_anchor IN SHARE ROW EXCLUSIVE MODE")
