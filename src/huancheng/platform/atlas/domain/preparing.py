"""Making what the map needs from a snapshot: tiles, extent, list of places. Can be repeated at any time."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.db import transaction

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.platform.atlas.domain.extent import extent_of
from huancheng.platform.atlas.domain.folders import labels_file, snapshot_folder, tiles_file
from huancheng.platform.atlas.domain.labels import write_labels
from huancheng.platform.atlas.domain.places import places_of
from huancheng.platform.atlas.domain.taking import verified
from huancheng.platform.atlas.models import Place, SnapshotRecord
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.report.tiles import write_tiles

_BLOCK = 1024 * 1024
_BATCH = 2000


def prepare(record_id: int, acting: Acting) -> SnapshotRecord:
    """Make tiles and the list of places, then call the snapshot ready; says on the record how far it is.

    Parameters
    ----------
    record_id
        Id of the record.
    acting
        In whose name.

    Returns
    -------
    SnapshotRecord
        Ready, or refused with the reason in `stage`.
    """
    record = SnapshotRecord.objects.get(pk=record_id)
    try:
        _tell(record, 5, "核对文件")
        snapshot = verified(snapshot_folder(record.digest))
        _tell(record, 20, "制作地图瓦片")
        tiles = tiles_file(record.digest)
        write_tiles(snapshot, tiles)
        _tell(record, 80, "登记地名")
        return _finish(record, snapshot, tiles, acting)
    except InputFault as fault:
        return _refuse(record, fault, acting)


def _tell(record: SnapshotRecord, progress: int, stage: str) -> None:
    record.progress, record.stage = progress, stage
    record.save(update_fields=["progress", "stage"])


def _finish(record: SnapshotRecord, snapshot: Snapshot, tiles: Path, acting: Acting) -> SnapshotRecord:
    places = places_of(record, snapshot)
    write_labels(snapshot, labels_file(record.digest))
    west, south, east, north = extent_of(snapshot)
    digest, size = _sum(tiles), tiles.stat().st_size
    with transaction.atomic():
        Place.objects.filter(snapshot=record).delete()
        Place.objects.bulk_create(places, batch_size=_BATCH)
        locked = SnapshotRecord.objects.select_for_update().get(pk=record.pk)
        if locked.state != SnapshotRecord.State.RETIRED:
            locked.state = SnapshotRecord.State.READY
        locked.progress, locked.stage = 100, ""
        locked.west, locked.south, locked.east, locked.north = west, south, east, north
        locked.tiles_digest, locked.tiles_size = digest, size
        locked.save()
        append(locked.stream, "snapshot.prepared", acting, {"tiles": digest, "places": len(places)})
    return locked


def _refuse(record: SnapshotRecord, fault: InputFault, acting: Acting) -> SnapshotRecord:
    with transaction.atomic():
        locked = SnapshotRecord.objects.select_for_update().get(pk=record.pk)
        if not locked.current:
            locked.state = SnapshotRecord.State.REFUSED
        locked.stage = fault.message[:120]
        locked.save(update_fields=["state", "stage"])
        append(locked.stream, "snapshot.refused", acting, {"reason": fault.message})
    return locked


def _sum(path: Path) -> str:
    whole = hashlib.sha256()
    with path.open("rb") as source:
        while block := source.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()
