"""Hostile files are refused, each for its reason and in words an officer understands."""

# ruff: noqa: E501 - a table reads across

from __future__ import annotations

import io
import re

import pytest

from huancheng.platform.files.domain.examining import examine
from huancheng.platform.files.domain.refusing import WORDS, Flag, Reason, Refused
from tests.platform.files import samples
from tests.platform.files.hostile import HOSTILE, locked_pdf

CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(("what", "name", "data", "reason"), HOSTILE, ids=[what for what, *_ in HOSTILE])
def test_it_is_refused_for_its_reason(what, name, data, reason):
    with pytest.raises(Refused) as refused:
        examine(io.BytesIO(data), name)
    assert refused.value.reason is reason
    assert CHINESE.search(refused.value.message)
    assert CHINESE.search(refused.value.cure)


def test_there_are_at_least_twenty():
    assert len(HOSTILE) >= 20
    assert len({reason for *_, reason in HOSTILE}) >= 20


def test_every_reason_is_shown_by_a_test():
    elsewhere = {Reason.TOO_LARGE, Reason.NAME, Reason.VIRUS, Reason.SCANNER, Reason.ROWS}
    assert {reason for *_, reason in HOSTILE} == set(WORDS) - elsewhere


def test_what_is_too_large_is_refused(settings):
    settings.UPLOAD_LIMIT = 100
    with pytest.raises(Refused, match="大小"):
        examine(io.BytesIO(samples.pdf()), "a.pdf")


class TestFlags:
    """What is odd but no danger is taken in, and readers are told."""

    @pytest.mark.parametrize(
        ("name", "data", "flag"),
        [
            ("a.pdf", locked_pdf(user=""), Flag.RESTRICTED),
            ("a.docx", samples.with_members(samples.word(), {"word/embeddings/1.xlsx": samples.workbook()}), Flag.OBJECTS),
            ("a.docx", samples.with_members(samples.word(), {"word/embeddings/e.bin": samples.compound("Equation Native")}), Flag.OBJECTS),
            ("a.docx", samples.with_members(samples.word(), {"word/_rels/x.rels": samples.relations("image", "http://198.51.100.1/a.png")}), Flag.LINKED),
            ("a.xlsx", samples.with_members(samples.workbook(), {"xl/externalLinks/externalLink1.xml": "<externalLink/>"}), Flag.LINKED),
            ("a.csv", b'a,b\n1,=HYPERLINK("http://198.51.100.1")\n', Flag.FORMULAS),
            ("a.dwg", b"AC1027" + bytes(90), Flag.OPAQUE),
            ("a.doc", samples.compound("ObjectPool/a", "WordDocument"), Flag.OBJECTS),
            ("a.ofd", samples.with_members(samples.ofd(), {"Doc_0/Attachs/Attachments.xml": "<x/>"}), Flag.OBJECTS),
        ],
    )  # fmt: skip
    def test_it_is_taken_in_with_a_flag(self, name, data, flag):
        assert flag in examine(io.BytesIO(data), name).outcome.flags

    def test_an_ordinary_link_to_a_page_is_nothing_odd(self):
        data = samples.with_members(
            samples.word(), {"word/_rels/x.rels": samples.relations("hyperlink", "https://example.org/")}
        )
        assert examine(io.BytesIO(data), "a.docx").outcome.flags == frozenset()
