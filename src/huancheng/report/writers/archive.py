"""Office files are zip archives that record when they were packed; this takes the clock out of them."""

from __future__ import annotations

import io
import zipfile

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest moment a zip entry can bear; the document's own day stands in its properties."""


def fixed_archive(data: bytes) -> bytes:
    """Return the same archive with every entry dated alike and compressed alike, so that equal content is equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            target.writestr(entry, source.read(name), compresslevel=6)
    return buffer.getvalue()
