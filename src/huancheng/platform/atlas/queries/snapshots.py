"""Which snapshots a person may look at."""

from __future__ import annotations

from django.db.models import QuerySet

from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.atlas.rules import may_keep_data, may_open_map
from huancheng.platform.audit.acting import Acting


def visible_snapshots(acting: Acting | None) -> QuerySet[SnapshotRecord]:
    """Return the snapshots a person may open: the current one; those who keep the data, all that are ready."""
    if not may_open_map(acting):
        return SnapshotRecord.objects.none()
    ready = SnapshotRecord.objects.filter(state=SnapshotRecord.State.READY)
    return ready if may_keep_data(acting) else ready.filter(current=True)


def snapshot_to_open(acting: Acting | None, wanted: str = "") -> SnapshotRecord | None:
    """Return the snapshot a map page opens: the one asked for where it may be seen, else the current one."""
    visible = visible_snapshots(acting)
    if wanted:
        return visible.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() else None
    return visible.filter(current=True).first()


def kept_snapshots(acting: Acting | None) -> QuerySet[SnapshotRecord]:
    """Return every snapshot, for those who keep the data; none for others."""
    return SnapshotRecord.objects.all() if may_keep_data(acting) else SnapshotRecord.objects.none()
