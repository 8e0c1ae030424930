"""PDF: a document to read, not a program."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

import pikepdf

from huancheng.platform.files.domain.checks.outcome import Outcome
from huancheng.platform.files.domain.refusing import Flag, Reason, Refused

_KEYS = {
    "/JavaScript": Reason.SCRIPT,
    "/JS": Reason.SCRIPT,
    "/XFA": Reason.SCRIPT,
    "/Launch": Reason.LAUNCH,
    "/EmbeddedFiles": Reason.ENCLOSED,
    "/EF": Reason.ENCLOSED,
    "/RichMediaContent": Reason.ENCLOSED,
    "/RichMedia": Reason.ENCLOSED,
    "/Collection": Reason.ENCLOSED,
}
_ACTIONS = {
    "/JavaScript": Reason.SCRIPT,
    "/Rendition": Reason.ENCLOSED,
    "/Launch": Reason.LAUNCH,
    "/GoToE": Reason.LAUNCH,
    "/SubmitForm": Reason.SENDS,
    "/ImportData": Reason.SENDS,
    "/EmbeddedFile": Reason.ENCLOSED,
    "/RichMedia": Reason.ENCLOSED,
    "/Movie": Reason.ENCLOSED,
    "/Sound": Reason.ENCLOSED,
    "/Screen": Reason.ENCLOSED,
    "/3D": Reason.ENCLOSED,
}
_KINDS = frozenset({"/S", "/Subtype", "/Type"})
_MOST_OBJECTS = 2_000_000
_DEEPEST = 100
_HEAD = re.compile(rb"%PDF-[12]\.\d")
_END = b"%%EOF"
_TAIL = 2048


def check_pdf(source: BinaryIO) -> Outcome:
    """Check a PDF: every object of it is looked at.

    Raises
    ------
    Refused
        If it is broken, needs a password, has a script or an action beyond going to a page or an address, embeds files
        or media, or has something behind its end.
    """
    source.seek(0)
    if not _HEAD.match(source.read(16)):
        raise Refused(Reason.BROKEN)
    _refuse_tail(source)
    source.seek(0)
    try:
        with pikepdf.open(source, attempt_recovery=True, access_mode=pikepdf.AccessMode.stream) as pdf:
            if len(pdf.objects) > _MOST_OBJECTS:
                raise Refused(Reason.BOMB)
            _look(pdf.trailer, 0)
            for item in pdf.objects:
                _look(item, 0)
            flags = {Flag.RESTRICTED} if pdf.is_encrypted else set()
            return Outcome("pdf", frozenset(flags), len(pdf.pages))
    except pikepdf.PasswordError as error:
        raise Refused(Reason.ENCRYPTED) from error
    except (pikepdf.PdfError, ValueError, TypeError, RuntimeError) as error:
        raise Refused(Reason.BROKEN) from error


def _look(item: pikepdf.Object, depth: int) -> None:
    """Look at a direct object and what stands in it; what it refers to is looked at in its own turn."""
    if depth > _DEEPEST:
        raise Refused(Reason.BROKEN)
    for key, value in _parts(item):
        if key in _KEYS:
            raise Refused(_KEYS[key])
        if not isinstance(value, pikepdf.Object) or value.is_indirect:
            continue
        if key in _KINDS and isinstance(value, pikepdf.Name):
            _refuse_action(str(value))
        else:
            _look(value, depth + 1)


def _parts(item: pikepdf.Object) -> list[tuple[str, Any]]:
    """Return what stands in a dictionary, a stream's dictionary or an array, with its key."""
    if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
        return [(key, item.get(key)) for key in item.keys()]  # noqa: SIM118 - an object of the library, no dict
    return [("", value) for value in item.as_list()] if isinstance(item, pikepdf.Array) else []


def _refuse_action(name: str) -> None:
    if name in _ACTIONS:
        raise Refused(_ACTIONS[name])


def _refuse_tail(source: BinaryIO) -> None:
    """Refuse what stands behind the end mark, blanks and a few stray bytes of old printers left aside."""
    source.seek(max(0, source.seek(0, 2) - _TAIL))
    tail = source.read()
    place = tail.rfind(_END)
    if place < 0:
        raise Refused(Reason.BROKEN)
    if len(tail[place + len(_END) :].strip(b"\0 \t\r\n\x1a")) > 0:
        raise Refused(Reason.MIXED)
