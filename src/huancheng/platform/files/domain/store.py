"""The store: bytes kept once under their SHA-256, whole or not at all."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.core.files import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.common import clock
from huancheng.platform.files.domain.examining import Examined, examine
from huancheng.platform.files.formats import formats
from huancheng.platform.files.models import StoredFile

_IN_MEMORY = 4 * 1024 * 1024
_FULL = {errno.ENOSPC, errno.EDQUOT}


class StorageFull(InputFault):
    """There is no room left for files."""


class Damaged(Exception):
    """A stored file is missing or has not the size it was taken in with: the store was changed from outside."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A file taken in, with the name its bringer gave it.

    Parameters
    ----------
    stored
        The bytes.
    name
        The label, cleaned.
    """

    stored: StoredFile
    name: str


def storage() -> Storage:
    """Return the storage that holds the files."""
    return storages["default"]


def place_of(sha256: str) -> str:
    """Return where a content lies in the storage."""
    return f"sha256/{sha256[:2]}/{sha256[2:4]}/{sha256}"


def take_in(source: BinaryIO | File[Any], name: str) -> Taken:
    """Look at a file and keep it.

    Call it before, not inside, the transaction of the change that refers to it: looking takes time. What nothing comes
    to refer to is swept after a day.

    Parameters
    ----------
    source
        The file; one that can't be wound back is copied aside first.
    name
        As the browser sent it.

    Raises
    ------
    Refused
        If it is not fit to be taken in.
    StorageFull
        If there is no room.
    """
    with plain_when_full(), _seekable(source) as file:
        examined = examine(file, name)
        return Taken(_keep(file, examined), examined.name)


def open_stored(stored: StoredFile) -> BinaryIO:
    """Open a stored file for reading.

    Raises
    ------
    Damaged
        If it is missing or has another size.
    """
    place = place_of(stored.sha256)
    try:
        size = storage().size(place)
    except OSError as error:
        raise Damaged(f"{stored.sha256} is missing") from error
    if size != stored.size:
        raise Damaged(f"{stored.sha256} has {size} bytes, not {stored.size}")
    file: Any = storage().open(place, "rb")
    return file  # type: ignore[no-any-return]


@contextmanager
def plain_when_full() -> Iterator[None]:
    """Tell a full disk in plain words.

    Raises
    ------
    StorageFull
        If there is no room.
    """
    try:
        yield
    except OSError as error:
        if error.errno not in _FULL:
            raise
        raise StorageFull(_("存储空间已满，文件没有保存"), cure=_("请告知系统管理员；已保存的内容不受影响")) from error


def _keep(file: BinaryIO, examined: Examined) -> StoredFile:
    """Write the bytes, then the row, then look whether the sweep took the bytes in between."""
    _write(file, examined.sha256)
    outcome, now = examined.outcome, clock.now()
    fresh = {
        "size": examined.size,
        "format": outcome.format,
        "media_type": formats()[outcome.format].media_type,
        "pages": outcome.pages,
        "flags": sorted(flag.value for flag in outcome.flags),
        "created_at": now,
    }
    with transaction.atomic():
        stored, _made = StoredFile.objects.update_or_create(
            sha256=examined.sha256, defaults={"wanted_at": now}, create_defaults={**fresh, "wanted_at": now}
        )
    _write(file, examined.sha256)
    return stored


def _write(file: BinaryIO, sha256: str) -> None:
    place = place_of(sha256)
    if storage().exists(place):
        return
    file.seek(0)
    saved = storage().save(place, File(file, name=place))
    if saved != place:
        storage().delete(saved)


@contextmanager
def _seekable(source: BinaryIO | File[Any]) -> Iterator[BinaryIO]:
    plain: Any = source.file if isinstance(source, File) else source
    if plain.seekable():
        yield plain
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        while block := plain.read(1024 * 1024):
            copy.write(block)
        yield copy  # type: ignore[misc]
