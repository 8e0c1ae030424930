"""A file's name is a label: no path, nothing invisible, no second extension."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.platform.files.domain.names import LONGEST, clean_name
from huancheng.platform.files.domain.refusing import Reason, Refused
from huancheng.platform.files.formats import by_extension


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("批复.PDF", "批复.pdf"),
        ("../../etc/批复.pdf", "批复.pdf"),
        ("C:\\用户\\批复.pdf", "批复.pdf"),
        ("/etc/passwd.txt", "passwd.txt"),
        ("..\\..\\批复.pdf", "批复.pdf"),
        ("批\u202e复\u200b.pdf", "批复.pdf"),
        ("批\r\n复.pdf", "批复.pdf"),
        ('批"复<1>.pdf', "批_复_1_.pdf"),
        ("  批　复  .pdf ", "批 复.pdf"),
        ("第1.2版 附件.docx", "第1.2版 附件.docx"),
        ("e\u0301.txt", "é.txt"),
    ],
)
def test_a_name_is_cleaned(name, wanted):
    assert clean_name(name) == wanted


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("批复\0.pdf", Reason.NAME),
        ("", Reason.NAME),
        (".pdf", Reason.NAME),
        ("批复", Reason.NAME),
        ("批复.", Reason.NAME),
        ("..", Reason.NAME),
        ("CON.pdf", Reason.NAME),
        ("nul.a.pdf", Reason.NAME),
        ("字" * LONGEST + ".pdf", Reason.NAME),
        ("批复.exe", Reason.EXTENSION),
        ("批复.pdf.lnk", Reason.EXTENSION),
        ("批复.rar", Reason.EXTENSION),
        ("批复.html.pdf", Reason.DISGUISED),
        ("批复.exe .pdf", Reason.DISGUISED),
    ],
)
def test_a_name_is_refused(name, reason):
    with pytest.raises(Refused) as refused:
        clean_name(name)
    assert refused.value.reason is reason


@given(st.text(max_size=200))
def test_whatever_is_sent_the_name_that_is_kept_is_harmless(name):
    try:
        kept = clean_name(name + ".pdf")
    except Refused:
        return
    assert not set(kept) & set('/\\<>:"|?*\0')
    assert len(kept) <= LONGEST
    assert kept.rpartition(".")[2] in by_extension()
    assert all(unicodedata.category(sign) not in {"Cc", "Cf", "Cs"} for sign in kept)
    assert clean_name(kept) == kept
