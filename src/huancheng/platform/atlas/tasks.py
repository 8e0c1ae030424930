"""Jobs of this app."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django_tasks import task

from huancheng.platform.audit.acting import Acting


@task()
def prepare_snapshot(record: int, acting: dict[str, Any]) -> str:
    """Make the tiles of a snapshot; returns the state it came to."""
    from huancheng.platform.atlas.domain.preparing import prepare

    return str(prepare(record, Acting(**acting)).state)


def enqueue_preparing(record: int, acting: Acting) -> None:
    """Have the worker make the tiles of a snapshot."""
    prepare_snapshot.enqueue(record, asdict(acting))
