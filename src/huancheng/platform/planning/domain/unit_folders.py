"""Folders of drawn units: kept by digest, read-only, verified before they are taken in."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.common.unpacking import Listed, is_plain_name, unpack_listed

CERTIFICATE = "units.json"
LARGEST = 1024**3
"""Bytes a folder may have when unpacked."""
CURE = "把 huancheng units draw、import 或 edit 生成的文件夹整个压缩成一个 zip 再上传"


def unit_folder(digest: str) -> Path:
    """Return where the folder of a digest is kept."""
    return Path(settings.UNITS) / digest


def digest_of(folder: Path) -> str:
    """Return the digest of a folder: that of its certificate, which names the digest of every other file."""
    return hashlib.sha256((folder / CERTIFICATE).read_bytes()).hexdigest()


def keep_folder(fill: Callable[[Path], Any]) -> str:
    """Have a folder filled, verify it and keep it; returns its digest. One that is kept already stays as it is.

    Parameters
    ----------
    fill
        Writes into the empty folder it is given.

    Raises
    ------
    InputFault
        If the certificate says what is not true, or a file is not the one it names.
    """
    root = Path(settings.UNITS)
    root.mkdir(parents=True, exist_ok=True)
    staging = Path(tempfile.mkdtemp(prefix=".taking-", dir=root))
    try:
        fill(staging)
        demand_truth(staging)
        digest = digest_of(staging)
        target = unit_folder(digest)
        if not target.is_dir():
            for file in staging.iterdir():
                file.chmod(0o444)
            staging.chmod(0o755)
            staging.rename(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return digest


def demand_truth(folder: Path) -> None:
    """See that what a certificate says is true, by code that did not write it. Rules that break are told, not refused.

    Raises
    ------
    InputFault
        Names the first thing that is not true.
    """
    from huancheng.units.verify import verify_units

    verdict = verify_units(folder)
    if verdict.faults:
        first = verdict.faults[0]
        raise InputFault(
            _("划定成果与其证书不符（%(count)d 处），例如 %(place)s：%(message)s")
            % {"count": len(verdict.faults), "place": first.place, "message": first.message},
            file=CERTIFICATE, cure=_("请用 huancheng units verify 查看全部问题，重新生成后再上传"),
        )  # fmt: skip


def unpack_units(archive: Path, folder: Path) -> None:
    """Unpack a zipped result folder.

    Raises
    ------
    InputFault
        If it is no zip of such a folder, or unpacks to too much.
    """
    unpack_listed(archive, folder, Listed(CERTIFICATE, _names, LARGEST, CURE))


def _names(listed: bytes) -> list[str]:
    try:
        names = list(json.loads(listed)["files"])
    except (ValueError, KeyError, TypeError) as fault:
        raise InputFault(f"{CERTIFICATE} 不是划定成果的证书", cure=CURE) from fault
    for name in names:
        if not isinstance(name, str) or name == CERTIFICATE or not is_plain_name(name):
            raise InputFault(f"证书里的文件名“{name}”不是单纯的文件名", file=CERTIFICATE, cure=CURE)
    return names
