"""What no file may hold, whatever its format."""

from __future__ import annotations

import zipfile
from typing import BinaryIO

from huancheng.platform.files.domain.refusing import Reason, Refused

# Written in two parts, so that virus scanners leave this file alone.
TEST_VIRUS = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_MARKUP = (b"<!doctype html", b"<html", b"<svg", b"<script", b"<?php", b"<iframe", b"javascript:")
_ENDS = 4096
_BLOCK = 1024 * 1024


def refuse_test_virus(source: BinaryIO) -> None:
    """Read a file through and refuse it if the test string of the virus scanners stands anywhere in it.

    Raises
    ------
    Refused
        If it does.
    """
    source.seek(0)
    end = b""
    while block := source.read(_BLOCK):
        if TEST_VIRUS in end + block:
            raise Refused(Reason.TEST_VIRUS)
        end = block[-len(TEST_VIRUS) :]
    source.seek(0)


def refuse_second_format(source: BinaryIO) -> None:
    """Refuse a file that is no archive by its beginning and yet one by its end, or has a page's markup at either end.

    Raises
    ------
    Refused
        If it is two things at once.
    """
    source.seek(0)
    if zipfile.is_zipfile(source):
        raise Refused(Reason.MIXED)
    source.seek(0)
    first = source.read(_ENDS)
    source.seek(max(0, source.seek(0, 2) - _ENDS))
    last = source.read()
    source.seek(0)
    if any(mark in part.lower() for part in (first, last) for mark in _MARKUP):
        raise Refused(Reason.MIXED)
