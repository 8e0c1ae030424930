"""Word, Excel and PowerPoint files (OOXML): no macros, no outside objects, nothing that runs."""

from __future__ import annotations

import io
import re
import zipfile
from typing import BinaryIO

from huancheng.platform.files.domain.checks.archive import ArchiveLimits, open_archive, read_members
from huancheng.platform.files.domain.checks.compound import refuse_packaged
from huancheng.platform.files.domain.checks.outcome import Outcome
from huancheng.platform.files.domain.checks.xml import elements_of
from huancheng.platform.files.domain.refusing import Flag, Reason, Refused

TABLE = "[Content_Types].xml"
_MAIN = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
}
_DEEPEST = 2
"""A chart in a document holds a workbook; nothing sensible goes deeper."""
_INSIDE = ArchiveLimits(members=2_000, unpacked=200 * 1024 * 1024)
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MOST_NESTED = 100 * 1024 * 1024
_NESTED = re.compile(r"\.(zip|rar|7z|gz|tar|docx|xlsx|pptx)$", re.IGNORECASE)
_OUTSIDE_REFUSED = {
    "attachedTemplate": Reason.TEMPLATE,
    "oleObject": Reason.REMOTE_OBJECT,
    "package": Reason.REMOTE_OBJECT,
    "frame": Reason.REMOTE_OBJECT,
    "subDocument": Reason.REMOTE_OBJECT,
    "aFChunk": Reason.REMOTE_OBJECT,
    "control": Reason.REMOTE_OBJECT,
    "vbaProject": Reason.MACROS,
}
_EXCHANGE = re.compile(rb"\bDDE(?:AUTO)?\b")
_FORMULA_EXCHANGE = re.compile(r"^\s*[+=@-]?\s*[\w.]+\s*\|\s*'", re.IGNORECASE)


def check_office(source: BinaryIO, depth: int = 1) -> Outcome:
    """Check an OOXML file.

    Parameters
    ----------
    source
        The file.
    depth
        1 for the file itself, more for what it embeds.

    Raises
    ------
    Refused
        If it is no such file, has macros, fetches objects or templates from outside, exchanges data, embeds programs,
        or would unpack to too much.
    """
    archive = open_archive(source, _INSIDE if depth > 1 else None)
    if TABLE not in archive.namelist():
        raise Refused(Reason.FORMAT)
    outcome = _format_of(archive)
    flags: set[Flag] = set()
    for member, first in read_members(archive):
        flags |= _check_part(archive, member, first, depth)
    return Outcome(outcome, frozenset(flags))


def _format_of(archive: zipfile.ZipFile) -> str:
    kinds = {element.get("ContentType", "") for element in elements_of(archive, TABLE, "Override", "Default")}
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in kinds):
        raise Refused(Reason.MACROS)
    found = {name for kind in kinds for end, name in _MAIN.items() if kind.endswith(end)}
    if not found:
        raise Refused(Reason.FORMAT)
    if len(found) > 1:
        raise Refused(Reason.MIXED)
    return found.pop()


def _check_part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, first: bytes, depth: int) -> set[Flag]:
    name = member.filename.lower()
    if name.rpartition("/")[2] in {"vbaproject.bin", "vbadata.xml"} or "/macrosheets/" in name:
        raise Refused(Reason.MACROS)
    if "/activex/" in name:
        raise Refused(Reason.PACKAGED)
    if first.startswith(_ZIP) or _NESTED.search(name):
        return _check_nested(archive, member, depth)
    if first.startswith(_COMPOUND):
        if member.file_size > _MOST_NESTED:
            raise Refused(Reason.BOMB)
        refuse_packaged(archive.read(member))
        return {Flag.OBJECTS}
    return _check_xml_part(archive, member.filename, name)


def _check_xml_part(archive: zipfile.ZipFile, member: str, name: str) -> set[Flag]:
    if name.endswith(".rels"):
        return _check_relations(archive, member)
    if not name.endswith(".xml"):
        return set()
    if "/externallinks/" in name:
        if next(elements_of(archive, member, "ddeLink"), None) is not None:
            raise Refused(Reason.EXCHANGE)
        return {Flag.LINKED}
    if name.startswith("word/"):
        _refuse_exchange_fields(archive, member)
    if name.startswith("xl/worksheets/"):
        _refuse_exchange_formulas(archive, member)
    return set()


def _check_relations(archive: zipfile.ZipFile, name: str) -> set[Flag]:
    flags: set[Flag] = set()
    for element in elements_of(archive, name, "Relationship"):
        kind = element.get("Type", "").rpartition("/")[2]
        if kind == "vbaProject":
            raise Refused(Reason.MACROS)
        if element.get("TargetMode", "").lower() != "external":
            continue
        if kind in _OUTSIDE_REFUSED:
            raise Refused(_OUTSIDE_REFUSED[kind])
        if kind != "hyperlink":
            flags.add(Flag.LINKED)
        elif element.get("Target", "").strip().lower().startswith(("javascript:", "vbscript:", "data:")):
            raise Refused(Reason.REMOTE_OBJECT)
    return flags


def _check_nested(archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> set[Flag]:
    if depth >= _DEEPEST:
        raise Refused(Reason.NESTED)
    if member.file_size > _MOST_NESTED:
        raise Refused(Reason.BOMB)
    try:
        return {Flag.OBJECTS} | set(check_office(io.BytesIO(archive.read(member)), depth + 1).flags)
    except Refused as refused:
        raise Refused(Reason.NESTED if refused.reason is Reason.FORMAT else refused.reason) from refused


def _refuse_exchange_fields(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse DDE fields; a field's instruction may be cut into many runs, so that they are joined first."""
    words = "".join(element.text or "" for element in elements_of(archive, name, "instrText"))
    simple = "".join(f" {element.get('instr', '')} " for element in elements_of(archive, name, "fldSimple"))
    if _EXCHANGE.search((words + " " + simple).upper().encode()):
        raise Refused(Reason.EXCHANGE)


def _refuse_exchange_formulas(archive: zipfile.ZipFile, name: str) -> None:
    if any(_FORMULA_EXCHANGE.match(element.text or "") for element in elements_of(archive, name, "f")):
        raise Refused(Reason.EXCHANGE)
