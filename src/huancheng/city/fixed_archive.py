"""Office files are zip archives that record when they were packed; this takes the clock out of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a zip entry can bear; the document's own day stands in its properties."""

PROPERTIES = "docProps/core.xml"
"""Entry of an office file that holds its author and its clock times."""

_CLOCK_TIME = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NO_TIME = b"2000-01-01T00:00:00Z"

Edit = Callable[[bytes], bytes]


def fixed_archive(data: bytes, edits: Mapping[str, Edit] | None = None) -> bytes:
    """Return the same archive with every entry dated alike and compressed alike, so that equal content is equal bytes.

    Parameters
    ----------
    data
        A docx or xlsx file.
    edits
        What to do to entries by name: to core properties where a library writes the clock into them, to sheets whose
        rows are too many for a library.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            edit = (edits or {}).get(name)
            content = source.read(name)
            target.writestr(entry, edit(content) if edit else content, compresslevel=6)
    return buffer.getvalue()


def undated_workbook(data: bytes) -> bytes:
    """Return a workbook that belongs to no day (a template) without the clock times its library wrote."""
    return fixed_archive(data, {PROPERTIES: lambda core: _CLOCK_TIME.sub(_NO_TIME, core)})
