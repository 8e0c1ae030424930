"""Plain text, tables in text, and what is drawn in text."""

from __future__ import annotations

import codecs
import json
import re
from typing import Any, BinaryIO

from huancheng.platform.files.domain.checks.outcome import Outcome
from huancheng.platform.files.domain.refusing import Flag, Reason, Refused

_CONTROLS = re.compile(r"[\0-\x08\x0e-\x1f\x7f]")
_FORMULA = re.compile(r"""(?:^|[,;\t"\n])\s*[=@]\s*[A-Za-z('"+-]""")
_GEOJSON = frozenset(
    [
        "FeatureCollection",
        "Feature",
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
        "GeometryCollection",
    ]
)
_DRAWING = re.compile(r"^(?:\s*999\r?\n[^\n]*\n)*\s*0\r?\n\s*SECTION\r?\n")
_BINARY_DRAWING = b"AutoCAD Binary DXF\r\n\x1a\0"
_MOST_JSON = 100 * 1024 * 1024
_BLOCK = 1024 * 1024


def check_text(source: BinaryIO, wanted: frozenset[str]) -> Outcome:
    """Check what has no signature: text of some kind.

    Parameters
    ----------
    source
        The file.
    wanted
        Formats its extension stands for: text alone can't tell whether it is a table.

    Raises
    ------
    Refused
        If it is no text, or not what its extension says.
    """
    source.seek(0)
    if source.read(len(_BINARY_DRAWING)) == _BINARY_DRAWING:
        return Outcome("dxf", frozenset({Flag.OPAQUE}))
    encoding = _encoding_of(source)
    has_formulas = _read_through(source, encoding)
    source.seek(0)
    first = codecs.getincrementaldecoder(encoding)("ignore").decode(source.read(8192)).lstrip("\ufeff")
    if _DRAWING.match(first):
        return Outcome("dxf")
    if "geojson" in wanted:
        _check_geojson(source, encoding)
        return Outcome("geojson")
    found = "csv" if "csv" in wanted else "txt"
    return Outcome(found, frozenset({Flag.FORMULAS} if has_formulas and found == "csv" else ()))


def _encoding_of(source: BinaryIO) -> str:
    source.seek(0)
    head = source.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        source.seek(0)
        try:
            while block := source.read(_BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Refused(Reason.FORMAT)


def _read_through(source: BinaryIO, encoding: str) -> bool:
    """Look for control characters, which no text has; return whether anything looks like a formula."""
    decoder = codecs.getincrementaldecoder(encoding)()
    source.seek(0)
    formulas = False
    try:
        while block := source.read(_BLOCK):
            words = decoder.decode(block)
            if _CONTROLS.search(words):
                raise Refused(Reason.UNREADABLE_TEXT)
            formulas = formulas or bool(_FORMULA.search(words))
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise Refused(Reason.UNREADABLE_TEXT) from error
    return formulas


def _check_geojson(source: BinaryIO, encoding: str) -> None:
    if source.seek(0, 2) > _MOST_JSON:
        raise Refused(Reason.TOO_LARGE, f"> {_MOST_JSON >> 20} MB")
    source.seek(0)
    try:
        content: Any = json.loads(source.read().decode(encoding))
    except (ValueError, RecursionError) as error:
        raise Refused(Reason.BROKEN) from error
    if not isinstance(content, dict) or content.get("type") not in _GEOJSON:
        raise Refused(Reason.MISMATCH)
