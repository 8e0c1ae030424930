"""What a file's header claims, held against the bytes there are, before any library believes it."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

from huancheng.evidence import InputFault

LARGEST_UNPACKED = 1 << 30
"""Bytes a packed file may unpack to."""
LARGEST_RATIO = 200
"""Unpacked to packed size beyond which a packed file is a bomb (once it passes `SMALL_UNPACKED`)."""
SMALL_UNPACKED = 64 << 20

_AGAIN = "copy or export the file again, it is incomplete or damaged"

_SQLITE_MAGIC = b"SQLite format 3\x00"
_SHAPE_MAGIC = 9994
_SHAPE_HEADER, _DBF_HEADER = 100, 32
"""Bytes of the headers."""
_DBF_RECORD_SLACK = 1
_LARGEST_BLOB_HEADER, _LARGEST_BLOB = 64 << 10, 32 << 20
"""Limits of the PBF format itself."""


def check_sqlite(path: Path) -> None:
    """Refuse a GeoPackage that is no SQLite file or shorter than its page count says.

    Raises
    ------
    InputFault
        Naming the file and the cure.
    """
    with path.open("rb") as stream:
        head = stream.read(100)
    if head[:16] != _SQLITE_MAGIC or len(head) < len(_SQLITE_MAGIC) * 2:
        raise InputFault("this is no GeoPackage: it does not start as an SQLite file", file=path.name, cure=_AGAIN)
    (size,) = struct.unpack_from(">H", head, 16)
    page = 65536 if size == 1 else size
    (pages,) = struct.unpack_from(">I", head, 28)
    if page * pages > path.stat().st_size:
        _short(path, page * pages)


def check_shapefile(path: Path) -> None:
    """Refuse a shapefile whose .shp or .dbf header claims more bytes than there are, or that lacks a part.

    Raises
    ------
    InputFault
        Naming the file and the cure.
    """
    base = path.with_suffix("")
    for suffix in (".shx", ".dbf"):
        if sibling(base, suffix) is None:
            message = f"the shapefile lacks its part {base.name}{suffix}"
            raise InputFault(message, file=path.name, cure="copy .shp, .shx, .dbf, .prj and .cpg together")
    with path.open("rb") as stream:
        head = stream.read(_SHAPE_HEADER)
    if len(head) < _SHAPE_HEADER or struct.unpack_from(">i", head)[0] != _SHAPE_MAGIC:
        raise InputFault("this is no shapefile: the header is not one", file=path.name, cure=_AGAIN)
    claimed = struct.unpack_from(">I", head, 24)[0] * 2
    if claimed > path.stat().st_size:
        _short(path, claimed)
    table = sibling(base, ".dbf")
    if table is not None:
        check_dbf(table)


def check_dbf(path: Path) -> None:
    """Refuse a dBase table whose header claims more rows than its bytes can hold.

    Raises
    ------
    InputFault
        Naming the file and the cure.
    """
    with path.open("rb") as stream:
        head = stream.read(_DBF_HEADER)
    if len(head) < _DBF_HEADER:
        raise InputFault("this is no dBase table: the header is cut short", file=path.name, cure=_AGAIN)
    rows, start, width = struct.unpack_from("<IHH", head, 4)
    if start + rows * width > path.stat().st_size + _DBF_RECORD_SLACK:
        _short(path, start + rows * width)


def check_zip(path: Path) -> None:
    """Refuse a zip (xlsx too) that is none, is damaged, or unpacks to a bomb.

    Raises
    ------
    InputFault
        Naming the file and the cure.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(item.file_size for item in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise InputFault("the file is no readable zip archive", file=path.name, cure=_AGAIN) from error
    packed = max(path.stat().st_size, 1)
    if unpacked > LARGEST_UNPACKED or (unpacked > SMALL_UNPACKED and unpacked / packed > LARGEST_RATIO):
        message = f"the file of {packed:,} bytes claims to unpack to {unpacked:,} bytes and is not opened"
        raise InputFault(message, file=path.name, cure="save it again with the used cells only, or split it")


def check_pbf(path: Path) -> None:
    """Walk the blocks of an OSM pbf and refuse one that is cut short or no pbf.

    Raises
    ------
    InputFault
        Naming the file, the byte and the cure.
    """
    size = path.stat().st_size
    with path.open("rb") as stream:
        block = 0
        while stream.tell() < size:
            start = stream.tell()
            raw = stream.read(4)
            length = struct.unpack(">I", raw)[0] if len(raw) == 4 else 0  # noqa: PLR2004 - bytes of the length itself
            kind, data = _blob_header(stream.read(length)) if 0 < length <= _LARGEST_BLOB_HEADER else (b"", -1)
            if kind not in (b"OSMHeader", b"OSMData") or not 0 <= data <= _LARGEST_BLOB:
                word = "cut short or damaged" if block else "no OSM pbf"
                message = f"the file is {word} at byte {start:,} (block {block + 1})"
                raise InputFault(message, file=path.name, cure=_AGAIN)
            if stream.tell() + data > size:
                missing = stream.tell() + data - size
                message = f"the file is cut short: block {block + 1} at byte {start:,} lacks {missing:,} bytes"
                raise InputFault(message, file=path.name, cure=_AGAIN)
            stream.seek(data, 1)
            block += 1
    if block == 0:
        raise InputFault("the file is empty", file=path.name, cure=_AGAIN)


def _blob_header(data: bytes) -> tuple[bytes, int]:
    offset, kind, size = 0, b"", -1
    while offset < len(data):
        key = data[offset]
        value, offset = _varint(data, offset + 1)
        if key & 7 == 2:  # noqa: PLR2004 - wire type of length-delimited fields
            if key >> 3 == 1:
                kind = data[offset : offset + value]
            offset += value
        elif key >> 3 == 3:  # noqa: PLR2004 - field number of datasize
            size = value
    return kind, size


def _varint(data: bytes, offset: int) -> tuple[int, int]:
    value = shift = 0
    while offset < len(data):
        byte = data[offset]
        offset += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            break
    return value, offset


def sibling(base: Path, suffix: str) -> Path | None:
    """Return the part of a shapefile with this suffix in either case, or None."""
    for candidate in (suffix, suffix.upper()):
        path = base.with_name(base.name + candidate)
        if path.is_file():
            return path
    return None


def _short(path: Path, claimed: int) -> None:
    message = f"the header claims {claimed:,} bytes, the file has {path.stat().st_size:,}"
    raise InputFault(message, file=path.name, cure=_AGAIN)
