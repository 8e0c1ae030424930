"""Asking a ClamAV daemon, where the office runs one (`HUANCHENG_CLAMD`)."""

from __future__ import annotations

import socket
from typing import BinaryIO

from django.conf import settings

from huancheng.platform.files.domain.refusing import Reason, Refused

_BLOCK = 256 * 1024
_SECONDS = 60


def refuse_viruses(source: BinaryIO) -> None:
    """Send a file to the scanner, if one is set; a scanner that does not answer lets nothing pass.

    Raises
    ------
    Refused
        If the scanner finds something, or can't be asked.
    """
    if not settings.CLAMD:
        return
    try:
        answer = _ask(source)
    except OSError as error:
        raise Refused(Reason.SCANNER) from error
    if answer.endswith(b"FOUND"):
        raise Refused(Reason.VIRUS)
    if not answer.endswith(b"OK"):
        raise Refused(Reason.SCANNER)


def _ask(source: BinaryIO) -> bytes:
    """Return the scanner's answer to a file sent by its INSTREAM command."""
    source.seek(0)
    with _connected() as line:
        line.sendall(b"zINSTREAM\0")
        while block := source.read(_BLOCK):
            line.sendall(len(block).to_bytes(4, "big") + block)
        line.sendall(b"\0\0\0\0")
        answer = b""
        while part := line.recv(4096):
            answer += part
    return answer.strip(b"\0\r\n ")


def _connected() -> socket.socket:
    address: str = settings.CLAMD
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(_SECONDS)
        line.connect(address)
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=_SECONDS)
