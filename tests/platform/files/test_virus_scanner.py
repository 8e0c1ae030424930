"""Where the office runs a scanner, nothing passes that it does not pass."""

from __future__ import annotations

import io
import socket
import threading

import pytest

from huancheng.platform.files.domain.examining import examine
from huancheng.platform.files.domain.refusing import Reason, Refused
from tests.platform.files import samples


@pytest.fixture
def scanner(settings, tmp_path):
    """Return a function that starts a scanner which gives one answer; its list holds what it was sent."""
    threads = []

    def start(answer: bytes, family: int = socket.AF_INET) -> list[bytes]:
        line = socket.socket(family, socket.SOCK_STREAM)
        line.bind(("127.0.0.1", 0) if family == socket.AF_INET else str(tmp_path / "clamd"))
        line.listen(1)
        settings.CLAMD = f"127.0.0.1:{line.getsockname()[1]}" if family == socket.AF_INET else str(tmp_path / "clamd")
        sent: list[bytes] = []

        def serve() -> None:
            with line, line.accept()[0] as talk, talk.makefile("rb") as stream:
                assert stream.read(10) == b"zINSTREAM\0"
                while length := int.from_bytes(stream.read(4), "big"):
                    sent.append(stream.read(length))
                talk.sendall(answer)

        threads.append(threading.Thread(target=serve))
        threads[-1].start()
        return sent

    yield start
    for thread in threads:
        thread.join(5)


def refused() -> Reason:
    with pytest.raises(Refused) as caught:
        examine(io.BytesIO(samples.pdf()), "a.pdf")
    return caught.value.reason


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_UNIX])
def test_a_clean_file_passes_whole(scanner, family):
    sent = scanner(b"stream: OK\0", family)
    assert examine(io.BytesIO(samples.pdf()), "a.pdf").outcome.format == "pdf"
    assert b"".join(sent) == samples.pdf()


def test_a_virus_is_refused(scanner):
    scanner(b"stream: Win.Test.EICAR FOUND\0")
    assert refused() is Reason.VIRUS


def test_a_scanner_in_trouble_lets_nothing_pass(scanner):
    scanner(b"INSTREAM size limit exceeded. ERROR\0")
    assert refused() is Reason.SCANNER


def test_nor_does_one_that_is_not_there(settings):
    settings.CLAMD = "127.0.0.1:1"
    assert refused() is Reason.SCANNER
