"""Every string a page shows can be read in English, and none stands where no translation reaches it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.platform import strings

TEMPLATES = strings.templates()


def test_strings_are_found_in_python_and_in_templates():
    found = {item.singular for item in strings.texts()}
    assert "工作台" in found
    assert "跳到正文" in found
    assert len(found) > 100


def test_every_string_has_its_english():
    assert [f"{item.where} {item.singular}" for item in strings.missing()] == []


def test_the_english_is_english():
    """A term may keep its Chinese beside the English; nothing is Chinese alone."""
    alone = {
        singular: text
        for singular, said in strings.english().items()
        for text in said
        if text and strings.CHINESE.search(text) and not re.search("[A-Za-z]{3}", text)
    }
    assert alone == {}


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.relative_to(strings.PLATFORM).as_posix())
def test_no_template_holds_chinese_that_no_translation_reaches(file: Path):
    assert strings.untranslatable(file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>案件</p>", ["案件"]),
        ('<a title="案件">x</a>', ['a title="案件"']),
        ('{% crumb "案件" %}', ['"案件"']),
        ('{% translate "案件" %}', []),
        ("{% blocktranslate %}{{ n }} 件{% endblocktranslate %}", []),
        ('{% crumb _("案件") %}', []),
        ('{{ _("案件") }}', []),
        ("{# 案件 #}{% comment %}案件{% endcomment %}<!-- 案件 -->", []),
    ],
)
def test_what_no_translation_reaches_would_be_seen(source, found):
    assert strings.untranslatable(source) == found
