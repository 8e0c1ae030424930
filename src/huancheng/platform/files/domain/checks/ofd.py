"""OFD, the layout format of official papers (GB/T 33190): a zip with OFD.xml."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from huancheng.platform.files.domain.checks.archive import open_archive, read_members
from huancheng.platform.files.domain.checks.outcome import Outcome
from huancheng.platform.files.domain.checks.xml import elements_of
from huancheng.platform.files.domain.refusing import Flag, Reason, Refused

ENTRY = "OFD.xml"
_FOREIGN = re.compile(r"\.(exe|dll|js|vbs|bat|cmd|ps1|jar|sh|html?|svg|zip|rar|7z|docm|xlsm|pptm)$", re.IGNORECASE)


def check_ofd(source: BinaryIO) -> Outcome:
    """Check an OFD file.

    Raises
    ------
    Refused
        If it is broken, or holds programs, pages or archives.
    """
    archive = open_archive(source)
    flags: set[Flag] = set()
    for member, first in read_members(archive):
        if _FOREIGN.search(member.filename):
            raise Refused(Reason.ENCLOSED)
        if first.startswith(b"PK\x03\x04"):
            raise Refused(Reason.NESTED)
        if member.filename.rpartition("/")[2].lower() == "attachments.xml":
            flags.add(Flag.OBJECTS)
    return Outcome("ofd", frozenset(flags), _pages(archive))


def _pages(archive: zipfile.ZipFile) -> int | None:
    """Return the number of pages of its documents; None where it can't be told."""
    if next(elements_of(archive, ENTRY, "OFD"), None) is None:
        raise Refused(Reason.FORMAT)
    documents = [name for name in archive.namelist() if name.rpartition("/")[2].lower() == "document.xml"]
    count = sum(
        sum(element.get("BaseLoc") is not None for element in elements_of(archive, name, "Page")) for name in documents
    )
    return count or None
