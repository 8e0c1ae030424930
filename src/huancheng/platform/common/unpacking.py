"""Unpacking a folder that came as a zip: only what its own list names, never more than that, never elsewhere."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from huancheng.evidence import InputFault

LARGEST_LIST = 4 * 1024**2
MOST_PACKED = 200
"""Times a file may be larger than what it was packed into; more is a bomb."""


def is_plain_name(name: str) -> bool:
    """Whether a name is a file's name and nothing more."""
    return name not in {"", ".", ".."} and not set(name) & {"/", "\\", "\x00"}


@dataclass(frozen=True, slots=True)
class Listed:
    """What is known of a zipped folder that holds a list of its own files.

    Parameters
    ----------
    head
        Name of the file that is the list.
    names_of
        Returns the files a list names; refuses names that are more than plain ones.
    largest
        Bytes all of it may have when unpacked.
    cure
        What the person can do where it is refused.
    """

    head: str
    names_of: Callable[[bytes], Sequence[str]]
    largest: int
    cure: str


def unpack_listed(archive: Path, folder: Path, listed: Listed) -> None:
    """Unpack a zipped folder that holds a list of its own files.

    Parameters
    ----------
    archive
        The zip; the folder lies at its root or in one folder of it.
    folder
        An empty folder.
    listed
        What is known of it.

    Raises
    ------
    InputFault
        If it is no zip, holds no list, lacks a file the list names, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            _unpack(packed, folder, listed)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        raise InputFault(f"这个压缩包打不开：{fault}", file=archive.name, cure=listed.cure) from fault


def _unpack(packed: zipfile.ZipFile, folder: Path, listed: Listed) -> None:
    entries = {item.filename: item for item in packed.infolist() if not item.is_dir()}
    roots = [PurePosixPath(name).parent for name in entries if PurePosixPath(name).name == listed.head]
    if len(roots) != 1:
        raise InputFault(f"压缩包里应当正好有一个 {listed.head}", cure=listed.cure)
    head = entries[str(roots[0] / listed.head)]
    if head.file_size > LARGEST_LIST:
        raise InputFault(f"{listed.head} 太大", cure=listed.cure)
    left = listed.largest
    for name in [listed.head, *listed.names_of(packed.read(head))]:
        entry = entries.get(str(roots[0] / name))
        if entry is None:
            raise InputFault(f"压缩包里缺少 {name}", cure=listed.cure)
        left -= _extract(packed, entry, folder / name, left, listed.cure)


def _extract(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int, cure: str) -> int:
    if entry.file_size > left or entry.file_size > MOST_PACKED * max(entry.compress_size, 1024):
        raise InputFault(f"{target.name} 解压后过大", cure=cure)
    with packed.open(entry) as source, target.open("xb") as out:
        shutil.copyfileobj(source, out)
    return entry.file_size
