"""Word, Excel and PowerPoint 97 files, and WPS's: compound files with streams inside."""

from __future__ import annotations

import io
from typing import BinaryIO

import olefile

from huancheng.platform.files.domain.checks.outcome import Outcome
from huancheng.platform.files.domain.refusing import Flag, Reason, Refused

_MAIN = (("worddocument", "doc"), ("workbook", "xls"), ("book", "xls"), ("powerpoint document", "ppt"))
_MACROS = frozenset({"vba", "_vba_project", "_vba_project_cur", "macros"})
_ENCRYPTED = frozenset({"encryptedpackage", "encryptioninfo", "encryptedsummary"})
_WORD_FLAGS, _WORD_ENCRYPTED = 10, 0x0100
"""Place of the flags in a Word stream's header, and the bit that says it is encrypted."""
_SHEET_PASSWORD = 0x002F
"""Record of an Excel stream that says the rest is encrypted."""


def check_compound(source: BinaryIO) -> Outcome:
    """Check a compound file.

    Raises
    ------
    Refused
        If it is broken, encrypted, none of the known programs', has macros, or holds a packaged file.
    """
    with _opened(source) as file:
        names = _names(file)
        if _ENCRYPTED & names:
            raise Refused(Reason.ENCRYPTED)
        found = next((format_id for stream, format_id in _MAIN if stream in names and file.exists(stream)), "")
        if not found:
            raise Refused(Reason.FORMAT)
        _refuse_unsafe(names)
        if (found == "doc" and _is_encrypted_word(file)) or (found == "xls" and _is_encrypted_sheet(file)):
            raise Refused(Reason.ENCRYPTED)
        flags = {Flag.OPAQUE} | ({Flag.OBJECTS} if "objectpool" in names or "\x01ole" in names else set())
        return Outcome(found, frozenset(flags))


def refuse_packaged(data: bytes) -> None:
    """Refuse an embedded object that packages a foreign file or has macros.

    Raises
    ------
    Refused
        If it does.
    """
    with _opened(io.BytesIO(data)) as file:
        _refuse_unsafe(_names(file))


def _opened(source: BinaryIO) -> olefile.OleFileIO:
    source.seek(0)
    try:
        return olefile.OleFileIO(source)
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise Refused(Reason.BROKEN) from error


def _names(file: olefile.OleFileIO) -> set[str]:
    return {part.lower() for path in file.listdir(streams=True, storages=True) for part in path}


def _refuse_unsafe(names: set[str]) -> None:
    if _MACROS & names:
        raise Refused(Reason.MACROS)
    if "\x01ole10native" in names:
        raise Refused(Reason.PACKAGED)


def _is_encrypted_word(file: olefile.OleFileIO) -> bool:
    head = file.openstream("worddocument").read(_WORD_FLAGS + 2)
    return bool(int.from_bytes(head[_WORD_FLAGS:], "little") & _WORD_ENCRYPTED)


def _is_encrypted_sheet(file: olefile.OleFileIO) -> bool:
    """Whether the record after the first one is the password's."""
    head = file.openstream("workbook" if file.exists("workbook") else "book").read(64)
    after = 4 + int.from_bytes(head[2:4], "little")
    return int.from_bytes(head[after : after + 2], "little") == _SHEET_PASSWORD
