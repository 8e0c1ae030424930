"""The description inside a PMTiles archive: attribution, title, and the snapshot it was made from."""

from __future__ import annotations

import gzip
import json
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

_MAGIC = b"PMTiles\x03"
_HEADER = 127
_SECTIONS = struct.Struct("<8Q")
_GZIP = 2


@dataclass(frozen=True)
class _Sections:
    """Where the parts of an archive lie (PMTiles version 3, header bytes 8 to 71)."""

    root: int
    root_length: int
    metadata: int
    metadata_length: int
    leaves: int
    leaves_length: int
    tiles: int
    tiles_length: int

    @classmethod
    def of(cls, header: bytes) -> Self:
        if header[:8] != _MAGIC or header[97] != _GZIP:
            message = "not a PMTiles 3 archive with gzip inside"
            raise ValueError(message)
        return cls(*_SECTIONS.unpack_from(header, 8))


def describe_archive(path: Path, description: dict[str, Any]) -> None:
    """Add `description` to the metadata of an archive, in place.

    Parameters
    ----------
    path
        PMTiles archive.
    description
        Keys and values added to the JSON metadata; a viewer shows `attribution`.

    Raises
    ------
    ValueError
        If the file is no PMTiles 3 archive.
    """
    data = path.read_bytes()
    place = _Sections.of(data[:_HEADER])
    metadata_end = place.metadata + place.metadata_length
    metadata = json.loads(gzip.decompress(data[place.metadata : metadata_end]))
    text = json.dumps({**metadata, **description}, ensure_ascii=False, sort_keys=True)
    packed = gzip.compress(text.encode("utf-8"), mtime=0)
    moved = len(packed) - place.metadata_length

    def shifted(offset: int) -> int:
        return offset + moved if offset >= metadata_end else offset

    header = bytearray(data[:_HEADER])
    _SECTIONS.pack_into(
        header, 8, shifted(place.root), place.root_length, place.metadata, len(packed),
        shifted(place.leaves), place.leaves_length, shifted(place.tiles), place.tiles_length,
    )  # fmt: skip
    path.write_bytes(bytes(header) + data[_HEADER : place.metadata] + packed + data[metadata_end:])
