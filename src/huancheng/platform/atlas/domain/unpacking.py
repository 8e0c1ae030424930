"""Unpacking a snapshot that came as a zip: only what its manifest names, never more than that, never elsewhere."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pydantic import ValidationError

from huancheng.evidence import InputFault

if TYPE_CHECKING:
    from huancheng.city.snapshot import Manifest

MANIFEST = "manifest.json"
LARGEST = 8 * 1024**3
"""Bytes a snapshot may have when unpacked."""
LARGEST_MANIFEST = 4 * 1024**2
MOST_PACKED = 200
"""Times a file may be larger than what it was packed into; more is a bomb, not a map."""
_CURE = "把快照文件夹整个压缩成一个 zip 再上传"


def named_files(manifest: Manifest) -> list[str]:
    """Return the files a manifest names, without the manifest itself.

    Raises
    ------
    InputFault
        If a name is more than a plain file name.
    """
    names = [*(item.file for item in manifest.layers.values()), *(item.file for item in manifest.rasters.values())]
    names.append(manifest.repairs_file)
    for name in names:
        if name in {"", ".", "..", MANIFEST} or "/" in name or "\\" in name or "\x00" in name:
            raise InputFault(f"清单里的文件名“{name}”不是单纯的文件名", file=MANIFEST, cure="重新生成快照")
    return names


def unpack(archive: Path, folder: Path) -> None:
    """Unpack a zipped snapshot into a folder.

    Parameters
    ----------
    archive
        The zip; the snapshot lies at its root or in one folder of it.
    folder
        An empty folder.

    Raises
    ------
    InputFault
        If it is no zip, holds no manifest, lacks a file the manifest names, or unpacks to too much.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            _unpack(packed, folder)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        raise InputFault(f"这个压缩包打不开：{fault}", file=archive.name, cure=_CURE) from fault


def _unpack(packed: zipfile.ZipFile, folder: Path) -> None:
    from huancheng.city.snapshot import Manifest

    entries = {item.filename: item for item in packed.infolist() if not item.is_dir()}
    roots = [PurePosixPath(name).parent for name in entries if PurePosixPath(name).name == MANIFEST]
    if len(roots) != 1:
        raise InputFault("压缩包里应当正好有一个 manifest.json", cure=_CURE)
    head = entries[str(roots[0] / MANIFEST)]
    if head.file_size > LARGEST_MANIFEST:
        raise InputFault("manifest.json 太大", cure=_CURE)
    try:
        manifest = Manifest.model_validate_json(packed.read(head))
    except ValidationError as fault:
        raise InputFault(f"manifest.json 不是快照清单：{fault.errors()[0]['msg']}", cure=_CURE) from fault
    left = LARGEST
    for name in [MANIFEST, *named_files(manifest)]:
        entry = entries.get(str(roots[0] / name))
        if entry is None:
            raise InputFault(f"压缩包里缺少 {name}", cure=_CURE)
        left -= _extract(packed, entry, folder / name, left)


def _extract(packed: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, left: int) -> int:
    if entry.file_size > left or entry.file_size > MOST_PACKED * max(entry.compress_size, 1024):
        raise InputFault(f"{target.name} 解压后过大", cure=_CURE)
    with packed.open(entry) as source, target.open("xb") as out:
        shutil.copyfileobj(source, out)
    return entry.file_size
