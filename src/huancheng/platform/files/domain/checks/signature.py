"""What a file is, told from its first bytes."""

from __future__ import annotations

from typing import Literal

from huancheng.platform.files.domain.refusing import Reason, Refused

Shape = Literal["pdf", "zip", "compound", "png", "jpeg", "tiff", "sqlite", "dwg", "text"]

HEAD = 4096
"""Bytes looked at."""
_SIGNATURES: tuple[tuple[bytes, Shape], ...] = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "compound"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"SQLite format 3\0", "sqlite"),
    (b"AC10", "dwg"),
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"dex\n", b"#!", b"!<arch>")
_PAGES = (
    b"<!doctype", b"<html", b"<svg", b"<script", b"<?xml", b"<?php", b"<head", b"<body", b"<iframe", b"mime-version:",
)  # fmt: skip


def shape_of(head: bytes) -> Shape:
    """Return what a file is by its first bytes; what has no signature may be text.

    Parameters
    ----------
    head
        The first bytes.

    Raises
    ------
    Refused
        If it is a program, a page or a script.
    """
    if head.startswith(_PROGRAMS):
        raise Refused(Reason.PROGRAM)
    words = head[:1024].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    while words.startswith(b"<!--") and b"-->" in words:
        words = words.split(b"-->", 1)[1].lstrip()
    if words.startswith(_PAGES):
        raise Refused(Reason.MARKUP)
    return next((shape for mark, shape in _SIGNATURES if head.startswith(mark)), "text")
