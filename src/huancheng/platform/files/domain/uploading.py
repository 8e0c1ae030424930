"""Bringing a file piece by piece, so that a lost connection costs one piece and no more."""

from __future__ import annotations

import tempfile
from datetime import timedelta
from typing import BinaryIO, cast
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.common import clock
from huancheng.platform.files.domain.names import clean_name
from huancheng.platform.files.domain.refusing import Reason, Refused
from huancheng.platform.files.domain.store import Taken, plain_when_full, storage, take_in
from huancheng.platform.files.models import Upload

HOUR = timedelta(hours=1)
_IN_MEMORY = 8 * 1024 * 1024


class TooMany(InputFault):
    """Somebody brings more than the office allows in an hour."""


class OutOfStep(InputFault):
    """A piece does not follow the one before; the bringer asks how far the upload has come and goes on from there."""


def begin(name: str, size: int, acting: Acting) -> Upload:
    """Begin an upload.

    Parameters
    ----------
    name, size
        Of the file, as the browser sees it.
    acting
        Who brings it; nobody else can add to it or use it.

    Raises
    ------
    Refused
        If its name or size alone rule it out.
    TooMany
        If the person has begun too many, or too much lies unfinished.
    """
    name = clean_name(name)
    if size <= 0:
        raise Refused(Reason.EMPTY)
    if size > settings.UPLOAD_LIMIT:
        raise Refused(Reason.TOO_LARGE, f"{settings.UPLOAD_LIMIT >> 20} MB")
    now = clock.now()
    own = Upload.objects.filter(person=_person(acting))
    lying = own.filter(stored__isnull=True).aggregate(total=Sum("size"))["total"] or 0
    if own.filter(created_at__gt=now - HOUR).count() >= settings.UPLOADS_PER_HOUR:
        raise TooMany(_("一小时内上传的文件过多"), cure=_("请稍后再传"))
    if lying + size > settings.UPLOAD_LIMIT * 5:
        raise TooMany(_("未传完的文件过多"), cure=_("请先传完或放弃其他文件"))
    return Upload.objects.create(
        person=_person(acting), name=name, size=size, piece=settings.UPLOAD_PIECE, created_at=now, touched_at=now
    )


def add_piece(upload: UUID, offset: int, piece: bytes, acting: Acting) -> Upload:
    """Add the next piece; a piece sent twice (its answer was lost) is passed over.

    Parameters
    ----------
    upload
        Which.
    offset
        Where the piece begins.
    piece
        Its bytes: as many as agreed, or the rest.

    Raises
    ------
    Upload.DoesNotExist
        If there is none of this person's.
    OutOfStep
        If it does not follow, or has not the agreed length.
    StorageFull
        If there is no room.
    """
    with plain_when_full(), transaction.atomic():
        row = Upload.objects.select_for_update().get(pk=upload, person=_person(acting), stored__isnull=True)
        if offset < row.received and offset % row.piece == 0:
            return row
        if offset != row.received or len(piece) != min(row.piece, row.size - row.received):
            raise OutOfStep(_("这一段与已收到的不衔接"), cure=_("请从已收到的位置接着传"))
        place = _place(row, offset)
        storage().delete(place)
        storage().save(place, ContentFile(piece, name=place))
        row.received, row.touched_at = F("received") + len(piece), clock.now()
        row.save(update_fields=["received", "touched_at"])
        row.refresh_from_db()
    return row


def finish(upload: UUID, acting: Acting) -> Taken:
    """Put the pieces together, look at the file and keep it; finishing twice gives the same.

    Raises
    ------
    Upload.DoesNotExist
        If there is none of this person's.
    OutOfStep
        If pieces are missing.
    Refused
        If the file is not fit to be taken in; then its pieces are gone.
    """
    row = Upload.objects.select_related("stored").get(pk=upload, person=_person(acting))
    if row.stored is not None:
        return Taken(row.stored, row.name)
    if row.received != row.size:
        raise OutOfStep(_("文件还没有传完"), cure=_("请从已收到的位置接着传"))
    with plain_when_full(), tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as whole:
        for offset in range(0, row.size, row.piece):
            with storage().open(_place(row, offset), "rb") as piece:
                whole.write(piece.read())
        if whole.tell() != row.size:
            forget(row)
            raise Refused(Reason.BROKEN)
        try:
            taken = take_in(cast("BinaryIO", whole), row.name)
        except Refused:
            forget(row)
            raise
    row.stored, row.touched_at = taken.stored, clock.now()
    row.save(update_fields=["stored", "touched_at"])
    _drop_pieces(row)
    return taken


def hold(taken: Taken, acting: Acting) -> Upload:
    """Note a file that came with a form, so that the form, shown again for another fault, need not ask for it anew."""
    now = clock.now()
    return Upload.objects.create(
        person=_person(acting), name=taken.name, size=taken.stored.size, piece=settings.UPLOAD_PIECE,
        received=taken.stored.size, stored=taken.stored, created_at=now, touched_at=now,
    )  # fmt: skip


def forget(upload: Upload) -> int:
    """Drop an upload and its pieces; returns 1."""
    _drop_pieces(upload)
    Upload.objects.filter(pk=upload.pk).delete()
    return 1


def _person(acting: Acting) -> int:
    """Return who brings a file; the program itself brings none.

    Raises
    ------
    ValueError
        If it is the program.
    """
    if acting.person is None:
        raise ValueError("an upload belongs to a person")
    return acting.person


def _drop_pieces(upload: Upload) -> None:
    for offset in range(0, upload.size, upload.piece):
        storage().delete(_place(upload, offset))


def _place(upload: Upload, offset: int) -> str:
    return f"uploads/{upload.pk}/{offset:015d}"
