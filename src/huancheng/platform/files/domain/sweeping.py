"""Sweeping: what nothing refers to, and uploads left lying."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, QuerySet

from huancheng.platform.common import clock
from huancheng.platform.files.domain.store import place_of, storage
from huancheng.platform.files.domain.uploading import forget
from huancheng.platform.files.models import StoredFile, Upload

GRACE = timedelta(days=1)
_HASH_LENGTH = 64


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep took away.

    Parameters
    ----------
    files
        Stored files nothing referred to.
    strays
        Contents without a row, left by a program that was killed.
    uploads
        Uploads nobody finished or fetched.
    """

    files: int
    strays: int
    uploads: int


def sweep(grace: timedelta = GRACE) -> Swept:
    """Take away what was brought longer than `grace` ago and belongs to nothing.

    A row is deleted, and its bytes with it, in one transaction: whoever brings the same content meanwhile waits for
    its end and then finds that the bytes must be written again.
    """
    before = clock.now() - grace
    uploads = sum(forget(upload) for upload in Upload.objects.filter(touched_at__lt=before))
    files = sum(_take_away(stored, before) for stored in unreferenced().filter(wanted_at__lt=before))
    return Swept(files, sum(_take_stray(sha256) for sha256 in _strays(before)), uploads)


def unreferenced() -> QuerySet[StoredFile]:
    """Return the files no row of any app refers to; apps above are found by their foreign keys, not by name.

    An upload is no reference: it only hands a file over.
    """
    found = StoredFile.objects.all()
    for relation in StoredFile._meta.get_fields(include_hidden=True):  # noqa: SLF001 - Django's public name for it
        if isinstance(relation, ForeignObjectRel) and relation.related_model is not Upload:
            manager = relation.related_model._base_manager  # noqa: SLF001 - likewise
            found = found.exclude(Exists(manager.filter(**{relation.field.name: OuterRef("pk")})))
    return found


def _take_away(stored: StoredFile, before: datetime) -> int:
    with transaction.atomic():
        deleted, _each = unreferenced().filter(pk=stored.pk, wanted_at__lt=before).delete()
        if deleted:
            storage().delete(place_of(stored.sha256))
    return int(bool(deleted))


def _strays(before: datetime) -> list[str]:
    """Return the contents in the storage that no row knows and that are older than the grace."""
    found: list[str] = []
    folders = [""]
    for _level in range(2):
        folders = [f"{folder}/{name}" for folder in folders for name in _folders(f"sha256{folder}")]
    for folder in folders:
        names = [name for name in storage().listdir(f"sha256{folder}")[1] if len(name) >= _HASH_LENGTH]
        known = set(StoredFile.objects.filter(sha256__in=names).values_list("sha256", flat=True))
        found += [
            name for name in names
            if name not in known and storage().get_modified_time(f"sha256{folder}/{name}") < before
        ]  # fmt: skip
    return found


def _folders(place: str) -> list[str]:
    try:
        return sorted(storage().listdir(place)[0])
    except FileNotFoundError:
        return []


def _take_stray(name: str) -> int:
    """Take away a content without a row; a row made for the moment keeps others from bringing it just now."""
    sha256 = name[:_HASH_LENGTH]
    place = f"sha256/{sha256[:2]}/{sha256[2:4]}/{name}"
    if len(name) > _HASH_LENGTH:
        storage().delete(place)
        return 1
    with transaction.atomic():
        now = clock.now()
        row, made = StoredFile.objects.get_or_create(
            sha256=sha256, defaults={"size": 0, "created_at": now, "wanted_at": now}
        )
        if made:
            storage().delete(place)
            row.delete()
    return int(made)
