"""Which snapshot the map shows, and the number it may be published under."""

from __future__ import annotations

from django.db import transaction

from huancheng.evidence import InputFault
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append


def make_current(record_id: int, acting: Acting) -> SnapshotRecord:
    """Let the map show a snapshot from now on.

    Raises
    ------
    InputFault
        If it is not ready.
    """
    with transaction.atomic():
        rows = {row.pk: row for row in SnapshotRecord.objects.select_for_update().order_by("pk")}
        chosen = rows[record_id]
        if chosen.state != SnapshotRecord.State.READY:
            raise InputFault("这份快照还不能使用", cure="等它制作完成，或重新制作")
        before = next((row for row in rows.values() if row.current), None)
        if before == chosen:
            return chosen
        SnapshotRecord.objects.filter(current=True).update(current=False)
        chosen.current = True
        chosen.save(update_fields=["current"])
        data = {"before": before.digest if before else "", "after": chosen.digest}
        append(chosen.stream, "snapshot.shown", acting, data)
    return chosen


def retire(record_id: int, acting: Acting) -> SnapshotRecord:
    """Take a snapshot off the list; its files stay, because check-ups and decisions rest on them.

    Raises
    ------
    InputFault
        If the map shows it.
    """
    with transaction.atomic():
        record = SnapshotRecord.objects.select_for_update().get(pk=record_id)
        if record.current:
            raise InputFault("地图正在使用这份快照", cure="先切换到另一份，再停用它")
        before = record.state
        record.state = SnapshotRecord.State.RETIRED
        record.save(update_fields=["state"])
        append(record.stream, "snapshot.retired", acting, {"before": before})
    return record


def start_again(record_id: int, acting: Acting) -> SnapshotRecord:
    """Set a snapshot back so that its tiles are made anew: after a failure, an interruption, or being retired."""
    with transaction.atomic():
        record = SnapshotRecord.objects.select_for_update().get(pk=record_id)
        if not record.current:
            record.state = SnapshotRecord.State.LOADING
        record.progress, record.stage = 0, ""
        record.save(update_fields=["state", "progress", "stage"])
        append(record.stream, "snapshot.started_again", acting)
    return record


def set_approval(record_id: int, number: str, acting: Acting) -> SnapshotRecord:
    """Record the map-approval number (审图号) printed on maps of a snapshot; empty takes it away."""
    with transaction.atomic():
        record = SnapshotRecord.objects.select_for_update().get(pk=record_id)
        before, record.approval = record.approval, number.strip()
        record.save(update_fields=["approval"])
        append(record.stream, "snapshot.approval", acting, {"before": before, "after": record.approval})
    return record
