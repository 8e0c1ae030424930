"""Pictures: whole, of a bearable size, and nothing but a picture."""

from __future__ import annotations

import warnings
from typing import BinaryIO

from PIL import Image, UnidentifiedImageError

from huancheng.platform.files.domain.checks.outcome import Outcome
from huancheng.platform.files.domain.refusing import Reason, Refused

MOST_PIXELS = 150_000_000
"""An A0 sheet at 300 dots per inch has 139 million."""
_MOST_FRAMES = 2_000
_FORMATS = {"PNG": "png", "JPEG": "jpeg", "MPO": "jpeg", "TIFF": "tiff"}
_ENDS = {"png": b"IEND\xaeB`\x82", "jpeg": b"\xff\xd9"}
_TRAILING = 64
"""Bytes some cameras and scanners leave behind a picture's end."""


def check_picture(source: BinaryIO) -> Outcome:
    """Check a picture by decoding its headers, and its structure where the format has checksums.

    Raises
    ------
    Refused
        If it is broken, too large when unpacked, or has something behind its end.
    """
    source.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(source, formats=("PNG", "JPEG", "TIFF", "MPO")) as picture:
                found = _FORMATS[picture.format or ""]
                pages = _count_frames(picture)
                if found == "png":
                    picture.verify()
    except Image.DecompressionBombError as error:
        raise Refused(Reason.PIXELS) from error
    except Refused:
        raise
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, KeyError, EOFError, OverflowError) as error:
        raise Refused(Reason.BROKEN) from error
    _refuse_tail(source, found)
    return Outcome(found, pages=pages if found == "tiff" else 1)


def _count_frames(picture: Image.Image) -> int:
    frames = int(getattr(picture, "n_frames", 1))
    if frames > _MOST_FRAMES:
        raise Refused(Reason.PIXELS)
    for number in range(frames if picture.format == "TIFF" else 1):
        if frames > 1:
            picture.seek(number)
        if picture.width * picture.height > MOST_PIXELS:
            raise Refused(Reason.PIXELS, f"{picture.width}×{picture.height}")
    return frames


def _refuse_tail(source: BinaryIO, found: str) -> None:
    if found not in _ENDS:
        return
    size = source.seek(0, 2)
    source.seek(max(0, size - 65_536))
    tail = source.read()
    place = tail.rfind(_ENDS[found])
    if place < 0:
        raise Refused(Reason.BROKEN)
    if len(tail) - place - len(_ENDS[found]) > _TRAILING:
        raise Refused(Reason.MIXED)
