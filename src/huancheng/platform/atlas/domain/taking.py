"""Taking a snapshot in: verified against its manifest, copied once, never changed."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from huancheng.evidence import InputFault
from huancheng.platform.atlas.domain.folders import snapshot_folder
from huancheng.platform.atlas.domain.unpacking import MANIFEST, named_files, unpack
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.common import clock

if TYPE_CHECKING:
    from huancheng.city.snapshot import Manifest, Snapshot

_CURE = "用 huancheng city build 或 city generate 重新生成后再载入"


def take_snapshot(source: Path, acting: Acting) -> tuple[SnapshotRecord, bool]:
    """Take a snapshot folder or zip in; one that is there already is left as it is.

    Its tiles are not made here: see `preparing.prepare`.

    Parameters
    ----------
    source
        Folder of a snapshot, or a zip of one.
    acting
        Who takes it in.

    Returns
    -------
    tuple
        The record, and whether it is new.

    Raises
    ------
    InputFault
        If it is no snapshot, or a file is not the one its manifest names.
    """
    root = Path(settings.SNAPSHOTS)
    root.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".taking-", dir=root))
    try:
        _gather(source, staging)
        snapshot = verified(staging)
        digest = snapshot.manifest.digest
        known = SnapshotRecord.objects.filter(digest=digest).first()
        if known is not None:
            return known, False
        _settle(staging, digest)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    with transaction.atomic():
        record = _record(snapshot.manifest)
        append(record.stream, "snapshot.taken", acting, {"digest": digest, "as_of": record.as_of})
    return record, True


def verified(folder: Path) -> Snapshot:
    """Return the snapshot in a folder once every byte agrees with the manifest, and the manifest with its digest.

    Raises
    ------
    InputFault
        If anything differs.
    """
    from huancheng.city.snapshot import Snapshot

    snapshot = Snapshot(folder)
    manifest = snapshot.manifest
    plain = manifest.model_copy(update={"digest": ""})
    if hashlib.sha256(plain.model_dump_json().encode()).hexdigest() != manifest.digest:
        raise InputFault("清单被改动过：内容与其摘要不符", file=MANIFEST, cure=_CURE)
    named_files(manifest)
    if faults := snapshot.verify():
        raise InputFault(f"快照文件与清单不符：{'；'.join(faults)}", cure=_CURE)
    return snapshot


def _gather(source: Path, staging: Path) -> None:
    """Bring what the manifest names into a folder of our own, so that what is verified is what is kept."""
    from huancheng.city.snapshot import Snapshot

    if not source.is_dir():
        unpack(source, staging)
        return
    manifest = Snapshot(source).manifest
    for name in [MANIFEST, *named_files(manifest)]:
        try:
            shutil.copyfile(source / name, staging / name)
        except FileNotFoundError as fault:
            raise InputFault(f"快照缺少文件 {name}", file=str(source), cure=_CURE) from fault


def _settle(staging: Path, digest: str) -> None:
    """Move the verified files to their place; a folder left there by an attempt that was cut off is replaced."""
    target = snapshot_folder(digest)
    shutil.rmtree(target, ignore_errors=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    for file in staging.iterdir():
        file.chmod(0o444)
    staging.chmod(0o755)
    staging.rename(target)


def _record(manifest: Manifest) -> SnapshotRecord:
    layers = {name: {"count": item.count, "access": item.access} for name, item in manifest.layers.items()}
    layers |= {name: {"count": 1, "access": item.access} for name, item in manifest.rasters.items()}
    return SnapshotRecord.objects.create(
        digest=manifest.digest, name=manifest.name, title=manifest.title, as_of=manifest.as_of, crs=manifest.crs,
        attribution=manifest.attribution, layers=layers, taken_at=clock.now(),
    )  # fmt: skip
