"""Office files are zip archives that record when they were packed; this takes the clock out of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

_PROPERTIES = "docProps/core.xml"
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a zip entry can bear; the document's own day stands in its properties."""


def fixed_archive(data: bytes, properties: Callable[[bytes], bytes] = lambda text: text) -> bytes:
    """Return the same archive with every entry dated alike and compressed alike, so that equal content is equal bytes.

    Parameters
    ----------
    data
        A docx or xlsx file.
    properties
        What to do to the file's core properties, where a library writes the clock into them.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            content = source.read(name)
            target.writestr(entry, properties(content) if name == _PROPERTIES else content, compresslevel=6)
    return buffer.getvalue()
