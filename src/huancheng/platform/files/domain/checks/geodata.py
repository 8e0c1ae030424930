"""Layers and drawings: GeoPackage, shapefile, DWG."""

from __future__ import annotations

from collections import defaultdict
from pathlib import PurePosixPath
from typing import BinaryIO

from huancheng.platform.files.domain.checks.archive import open_archive, read_members
from huancheng.platform.files.domain.checks.outcome import Outcome
from huancheng.platform.files.domain.refusing import Flag, Reason, Refused

_MARK, _MARK_PLACE = (b"GPKG", b"GP10", b"GP11"), 68
"""Application id in the header of a GeoPackage, and its place."""
_PAGE_SIZE_PLACE = 16
_PARTS = frozenset(
    [
        "shp",
        "shx",
        "dbf",
        "prj",
        "cpg",
        "qpj",
        "sbn",
        "sbx",
        "fbn",
        "fbx",
        "ain",
        "aih",
        "atx",
        "ixs",
        "mxs",
        "qix",
        "idm",
        "ind",
        "xml",
        "txt",
        "cst",
    ]
)
_NEEDED = frozenset({"shp", "shx", "dbf"})
_SHAPE_CODE = b"\0\0\x27\x0a"
_DRAWINGS = frozenset(f"AC10{number:02d}".encode() for number in range(9, 33))


def check_gpkg(source: BinaryIO) -> Outcome:
    """Check a GeoPackage by its header; it is only ever opened by the readers of layers, which run nothing in it.

    Raises
    ------
    Refused
        If it is another kind of database, or cut short.
    """
    size = source.seek(0, 2)
    source.seek(0)
    head = source.read(100)
    if head[_MARK_PLACE : _MARK_PLACE + 4] not in _MARK:
        raise Refused(Reason.FORMAT)
    page = int.from_bytes(head[_PAGE_SIZE_PLACE : _PAGE_SIZE_PLACE + 2], "big")
    page = 65_536 if page == 1 else page
    if page < 512 or page & (page - 1) or size % page:  # noqa: PLR2004 - the smallest page SQLite knows
        raise Refused(Reason.BROKEN)
    return Outcome("gpkg", frozenset({Flag.OPAQUE}))


def check_shapefile(source: BinaryIO) -> Outcome:
    """Check a zip of shapefiles: only a layer's own parts, each layer complete.

    Raises
    ------
    Refused
        If there is anything else in it, a layer lacks a part, or the zip itself is refused.
    """
    archive = open_archive(source)
    layers: dict[str, set[str]] = defaultdict(set)
    for member, first in read_members(archive):
        path = PurePosixPath(member.filename.lower())
        extension = path.suffix.removeprefix(".")
        if extension not in _PARTS:
            raise Refused(Reason.ARCHIVE)
        if extension in {"shp", "shx"} and not first.startswith(_SHAPE_CODE):
            raise Refused(Reason.BROKEN)
        layers[str(path.with_name(path.name.split(".")[0]))].add(extension)
    complete = [parts for parts in layers.values() if "shp" in parts]
    if not complete or any(_NEEDED - parts for parts in complete):
        raise Refused(Reason.ARCHIVE)
    return Outcome("shapefile")


def check_dwg(source: BinaryIO) -> Outcome:
    """Check a DWG drawing by its version mark: the format is not public, so a reader is told to take care.

    Raises
    ------
    Refused
        If the version is unknown.
    """
    source.seek(0)
    if source.read(6) not in _DRAWINGS:
        raise Refused(Reason.FORMAT)
    return Outcome("dwg", frozenset({Flag.OPAQUE}))
