"""One range of bytes, or the whole: as RFC 9110 has it."""

from __future__ import annotations

import io

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from huancheng.platform.common.ranges import ByteRange, Unsatisfiable, read_range, serve_bytes

CONTENT = bytes(range(256)) * 2000
TAG = "abc"


def ask(method: str = "GET", *, content: bytes = CONTENT, **headers: str):
    request = RequestFactory().generic(method, "/", headers=headers)
    return serve_bytes(request, lambda: io.BytesIO(content), len(content), tag=TAG, media_type="application/pdf")


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes=0-9", ByteRange(0, 9)),
        ("bytes=5-", ByteRange(5, 99)),
        ("bytes=-5", ByteRange(95, 99)),
        ("bytes=-500", ByteRange(0, 99)),
        ("bytes=90-500", ByteRange(90, 99)),
        ("BYTES=1-1", ByteRange(1, 1)),
        ("bytes= 1-2 ", ByteRange(1, 2)),
    ],
)
def test_a_range_is_read(header, wanted):
    assert read_range(header, 100) == wanted


@pytest.mark.parametrize(
    "header",
    ["", "bytes=", "bytes=-", "bytes=9-3", "bytes=a-b", "lines=0-9", "bytes=0-1,3-4", "bytes=٣-٤", "0-9",
     "bytes=0-" + "9" * 400, "bytes=+1-2", "bytes=1 -2"],
)  # fmt: skip
def test_what_is_malformed_or_multiple_is_answered_with_the_whole(header):
    assert read_range(header, 100) is None


@pytest.mark.parametrize(("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-", 0), ("bytes=-1", 0)])
def test_a_range_behind_the_end_cannot_be_satisfied(header, size):
    with pytest.raises(Unsatisfiable):
        read_range(header, size)


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(1, 1000))
def test_a_range_never_leaves_the_file(first, last, size):
    try:
        found = read_range(f"bytes={first}-{last}", size)
    except Unsatisfiable:
        assert first >= size
        return
    if found is None:
        assert last < first
    else:
        assert 0 <= found.first <= found.last < size
        assert found.length == min(last, size - 1) - first + 1


def test_the_whole_is_sent_with_its_length_and_tag():
    response = ask()
    assert (response.status_code, response["Content-Length"], response["ETag"]) == (200, str(len(CONTENT)), '"abc"')
    assert response["Accept-Ranges"] == "bytes"
    assert body(response) == CONTENT


def test_a_part_is_sent_as_206():
    response = ask(range="bytes=1000-400000")
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes 1000-400000/{len(CONTENT)}"
    assert body(response) == CONTENT[1000:400001]


def test_an_impossible_part_is_refused_with_the_size():
    response = ask(range=f"bytes={len(CONTENT)}-")
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(CONTENT)}")


def test_a_part_of_an_older_file_is_answered_with_the_whole():
    assert ask(range="bytes=0-1", **{"if-range": '"older"'}).status_code == 200
    assert ask(range="bytes=0-1", **{"if-range": '"abc"'}).status_code == 206


def test_what_the_browser_has_is_not_sent_again():
    assert ask(**{"if-none-match": '"x", W/"abc"'}).status_code == 304
    assert ask(**{"if-none-match": '"x"'}).status_code == 200


def test_head_tells_the_length_and_sends_nothing():
    response = ask("HEAD", range="bytes=0-1")
    assert (response.status_code, response["Content-Length"], body(response)) == (200, str(len(CONTENT)), b"")


def test_a_file_cut_short_on_disk_ends_the_answer_and_is_closed():
    source = io.BytesIO(b"abc")
    request = RequestFactory().get("/")
    response = serve_bytes(request, lambda: source, 10, tag=TAG, media_type="text/plain")
    assert b"".join(response.streaming_content) == b"abc"
    assert source.closed


def test_an_answer_nobody_reads_opens_nothing():
    def never():
        raise AssertionError

    serve_bytes(RequestFactory().get("/"), never, 10, tag=TAG, media_type="text/plain")
