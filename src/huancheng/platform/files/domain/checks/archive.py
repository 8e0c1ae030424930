"""Zip archives: opened only within limits, and with nothing in, before or behind them that a zip does not need."""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from huancheng.platform.files.domain.refusing import Reason, Refused

_LOCAL = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_SIZE = 22
_BLOCK = 1024 * 1024
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"dex\n")
_DRIVE = re.compile(r"^[A-Za-z]:")
_BAD = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """How much an archive may hold.

    Parameters
    ----------
    members
        Files.
    unpacked
        Bytes of all files together.
    ratio
        Unpacked to packed bytes of one file.
    free
        Bytes up to which the ratio doesn't matter: a short run of spaces packs very well.
    """

    members: int = 5_000
    unpacked: int = 800 * 1024 * 1024
    ratio: int = 250
    free: int = 4 * 1024 * 1024


def open_archive(source: BinaryIO, limits: ArchiveLimits | None = None) -> zipfile.ZipFile:
    """Open a zip after looking at its table alone: nothing is unpacked yet.

    Parameters
    ----------
    source
        File, readable and seekable.
    limits
        How much it may hold.

    Raises
    ------
    Refused
        If it is broken, encrypted, too much, leads outside its folder, overlaps itself, or has something before or
        behind it.
    """
    limits = limits or ArchiveLimits()
    source.seek(0)
    if source.read(4) != _LOCAL:
        raise Refused(Reason.BROKEN)
    _refuse_tail(source)
    try:
        archive = zipfile.ZipFile(source)
    except _BAD as error:
        raise Refused(Reason.BROKEN) from error
    members = archive.infolist()
    if len(members) > limits.members:
        raise Refused(Reason.BOMB, f"{len(members)} > {limits.members}")
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused(Reason.ENCRYPTED)
    _refuse_paths(members)
    _refuse_sizes(members, limits)
    _refuse_overlaps(members)
    return archive


def read_members(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """Unpack every file once, so that its checksum is verified, and yield it with its first block.

    Programs are refused wherever they stand, and XML that declares entities or a document type: office formats have
    neither, and parsers have fallen over both.

    Raises
    ------
    Refused
        If a file is broken, a program, or XML with declarations.
    """
    for member in archive.infolist():
        if member.is_dir():
            continue
        yield member, _read_through(archive, member)


def _read_through(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    first, end = b"", b""
    try:
        with archive.open(member) as stream:
            while block := stream.read(_BLOCK):
                if not first:
                    first = block
                    if block.startswith(_PROGRAMS):
                        raise Refused(Reason.PROGRAM)
                if _looks_like_xml(first) and _ENTITIES.search((end + block).replace(b"\0", b"")):
                    raise Refused(Reason.ENTITIES)
                end = block[-32:]
    except _BAD as error:
        raise Refused(Reason.BROKEN) from error
    return first


def _looks_like_xml(first: bytes) -> bool:
    """Whether it is XML in UTF-8 or UTF-16, with or without a mark in front."""
    return first[:256].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")


def _refuse_tail(source: BinaryIO) -> None:
    """Refuse whatever stands behind the end of the archive: a second format may hide there."""
    size = source.seek(0, 2)
    source.seek(max(0, size - _END_SIZE - 65_535))
    tail = source.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) - place < _END_SIZE:
        raise Refused(Reason.BROKEN)
    comment = int.from_bytes(tail[place + 20 : place + 22], "little")
    if len(tail) - place - _END_SIZE != comment:
        raise Refused(Reason.MIXED)
    source.seek(0)


def _refuse_paths(members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for member in members:
        name = member.orig_filename
        parts = name.replace("\\", "/").split("/")
        leads_out = name.startswith(("/", "\\")) or ".." in parts or bool(_DRIVE.match(name)) or "\0" in name
        is_link = stat.S_ISLNK(member.external_attr >> 16)
        folded = "/".join(parts).casefold()
        if leads_out or is_link or folded in seen:
            raise Refused(Reason.PATHS)
        seen.add(folded)


def _refuse_sizes(members: list[zipfile.ZipInfo], limits: ArchiveLimits) -> None:
    total = sum(member.file_size for member in members)
    if total > limits.unpacked:
        raise Refused(Reason.BOMB, f"{total >> 20} MB > {limits.unpacked >> 20} MB")
    for member in members:
        if member.file_size > limits.free and member.file_size > limits.ratio * max(1, member.compress_size):
            raise Refused(Reason.BOMB, f"> {limits.ratio}:1")


def _refuse_overlaps(members: list[zipfile.ZipInfo]) -> None:
    """Refuse archives whose files share bytes: the trick of the best bombs."""
    end = 0
    for member in sorted(members, key=lambda item: item.header_offset):
        if member.header_offset < end:
            raise Refused(Reason.BOMB)
        end = member.header_offset + member.compress_size
