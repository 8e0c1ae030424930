"""Answering part of a file (RFC 9110, section 14): one range of bytes, or the whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified, StreamingHttpResponse

_RANGE = re.compile(r"bytes=[ \t]*(\d*)-(\d*)[ \t]*", re.ASCII | re.IGNORECASE)
_MOST_DIGITS = 18
"""No file has more bytes than that many digits; longer numbers are not worth reading."""
_BLOCK = 256 * 1024


class Unsatisfiable(Exception):
    """The range asked for begins behind the end of the file."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    """A stretch of a file; both ends belong to it.

    Parameters
    ----------
    first, last
        Positions of the first and the last byte.
    """

    first: int
    last: int

    @property
    def length(self) -> int:
        """Number of bytes."""
        return self.last - self.first + 1


def read_range(header: str, size: int) -> ByteRange | None:
    """Return the range a `Range` header asks for; None where the whole is to be sent.

    Other units, several ranges and malformed headers are ignored, as the standard has it.

    Parameters
    ----------
    header
        Value of the header; empty for none.
    size
        Bytes of the file.

    Raises
    ------
    Unsatisfiable
        If no byte of the file lies in it.
    """
    match = _RANGE.fullmatch(header.strip())
    if match is None or any(len(part) > _MOST_DIGITS for part in match.groups()):
        return None
    begin, end = match.groups()
    if not begin:
        if not end:
            return None
        wanted = int(end)
        if wanted == 0 or size == 0:
            raise Unsatisfiable(header)
        return ByteRange(max(0, size - wanted), size - 1)
    first = int(begin)
    if end and int(end) < first:
        return None
    if first >= size:
        raise Unsatisfiable(header)
    return ByteRange(first, min(int(end), size - 1) if end else size - 1)


def serve_bytes(
    request: HttpRequest, open_source: Callable[[], BinaryIO], size: int, *, tag: str, media_type: str
) -> HttpResponseBase:
    """Answer a GET or HEAD for a file: 200, 206, 304 or 416.

    Parameters
    ----------
    request
        Whose `Range`, `If-Range` and `If-None-Match` are heeded.
    open_source
        Opens the file for reading; called when the first byte is sent, and closed after the last.
    size
        Bytes of the file.
    tag
        What changes whenever the content does, as its SHA-256; becomes the strong entity tag.
    media_type
        Content type to send.
    """
    entity_tag = f'"{tag}"'
    if entity_tag in {item.strip().removeprefix("W/") for item in request.headers.get("If-None-Match", "").split(",")}:
        return _named(HttpResponseNotModified(), entity_tag)
    wanted = request.headers.get("Range", "") if request.method == "GET" else ""
    if request.headers.get("If-Range", entity_tag) != entity_tag:
        wanted = ""
    try:
        part = read_range(wanted, size)
    except Unsatisfiable:
        refused = HttpResponse(status=416, content_type="text/plain; charset=utf-8")
        refused["Content-Range"] = f"bytes */{size}"
        return _named(refused, entity_tag)
    if request.method == "HEAD":
        answer: HttpResponseBase = HttpResponse(content_type=media_type)
    else:
        body = _Stretch(open_source, part or ByteRange(0, size - 1))
        answer = StreamingHttpResponse(body, status=206 if part else 200, content_type=media_type)
    answer["Content-Length"] = str(part.length if part else size)
    if part is not None:
        answer["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    return _named(answer, entity_tag)


def _named(answer: HttpResponseBase, entity_tag: str) -> HttpResponseBase:
    answer["ETag"] = entity_tag
    answer["Accept-Ranges"] = "bytes"
    return answer


class _Stretch:
    """Reads a stretch of a file block by block; opened with the first block: an answer nobody reads costs nothing."""

    def __init__(self, open_source: Callable[[], BinaryIO], part: ByteRange) -> None:
        self.open_source = open_source
        self.part = part

    def __iter__(self) -> Iterator[bytes]:
        with self.open_source() as source:
            source.seek(self.part.first)
            left = self.part.length
            while left > 0:
                block = source.read(min(_BLOCK, left))
                if not block:
                    return
                left -= len(block)
                yield block
