"""In which encoding a text or a dBase table is written."""

from __future__ import annotations

import codecs
import struct
from pathlib import Path

from huancheng.city.readers.headers import sibling
from huancheng.evidence import InputFault

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LANGUAGE_DRIVERS = {0x4D: "gb18030", 0x7A: "gb18030", 0x4F: "cp950", 0x78: "cp950", 0x03: "cp1252", 0x58: "cp1252"}
"""dBase language bytes that name an encoding; 0 and 0x57 name none (the system's own)."""

_CURE = 'name the right one in the mapping (`encoding = "gb18030"` or `"utf-8"`)'


def decode(data: bytes, *, file: str, encoding: str | None = None) -> str:
    """Return a file's text: by the given encoding, its byte-order mark, or the first of UTF-8 and GB 18030 that fits.

    Raises
    ------
    InputFault
        If no encoding fits, or the given one does not or is unknown.
    """
    if encoding is None:
        encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None) or sniff(data)
    if encoding is None:
        raise InputFault("the text is neither UTF-8 nor GB 18030", file=file, cure=_CURE)
    try:
        return data.decode(encoding)
    except LookupError as error:
        raise InputFault(f"there is no encoding {encoding!r}", file=file, cure=_CURE) from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise InputFault(f"the text is not {encoding}", file=file, row=line, cure=_CURE) from error


def sniff(data: bytes) -> str | None:
    """Return `utf-8` or `gb18030`, whichever the bytes are valid in (UTF-8 first), or None."""
    for name in ("utf-8", "gb18030"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return None


def shapefile_encoding(path: Path) -> str:
    """Return the encoding of a shapefile's table: by .cpg, language byte, or the bytes themselves.

    Raises
    ------
    InputFault
        If the .cpg names an encoding the bytes contradict, or nothing fits.
    """
    base = path.with_suffix("")
    table = sibling(base, ".dbf")
    if table is None:
        return "utf-8"
    data = table.read_bytes()
    (start,) = struct.unpack_from("<H", data, 8)
    names, rows = data[32:start], data[start:]
    page = sibling(base, ".cpg")
    if page is not None:
        return _declared(page, names + rows)
    named = _LANGUAGE_DRIVERS.get(data[29])
    return named or _sniff_cells(names + rows) or "iso-8859-1"


def _declared(page: Path, data: bytes) -> str:
    word = page.read_text("ascii", errors="replace").strip()
    encoding = f"cp{word}" if word.isdigit() else word.removeprefix("ANSI ").strip()
    encoding = "gb18030" if encoding.lower() in ("cp936", "gbk", "gb2312", "936") else encoding
    try:
        codecs.lookup(encoding)
    except LookupError as error:
        raise InputFault(f"there is no encoding {word!r}", file=page.name, cure=_CURE) from error
    fits = _sniff_cells(data)
    if encoding.lower().replace("-", "") == "utf8" and fits != "utf-8":
        raise InputFault("the .cpg says UTF-8, the names in the .dbf are not", file=page.name, cure=_CURE)
    return encoding


def _sniff_cells(data: bytes) -> str | None:
    """Sniff fixed-width cells: a character cut at a cell's end must not decide, so each run of text is tried alone."""
    runs = [run for run in data.replace(b"\x00", b" ").split(b" ") if any(byte > 127 for byte in run)]  # noqa: PLR2004
    if not runs:
        return "utf-8"
    for name in ("utf-8", "gb18030"):
        good = sum(sniffs(run, name) for run in runs)
        if good >= 0.9 * len(runs):
            return name
    return None


def sniffs(run: bytes, encoding: str) -> bool:
    """Tell whether a run of bytes is text in an encoding."""
    try:
        run.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
