"""Unpacking a snapshot that came as a zip: only what its manifest names, never more than that, never elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from huancheng.evidence import InputFault
from huancheng.platform.common.unpacking import Listed, is_plain_name, unpack_listed

if TYPE_CHECKING:
    from huancheng.city.snapshot import Manifest

MANIFEST = "manifest.json"
LARGEST = 8 * 1024**3
"""Bytes a snapshot may have when unpacked."""
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
        if name == MANIFEST or not is_plain_name(name):
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
    unpack_listed(archive, folder, Listed(MANIFEST, _names, LARGEST, _CURE))


def _names(listed: bytes) -> list[str]:
    from huancheng.city.snapshot import Manifest

    try:
        return named_files(Manifest.model_validate_json(listed))
    except ValidationError as fault:
        raise InputFault(f"manifest.json 不是快照清单：{fault.errors()[0]['msg']}", cure=_CURE) from fault
