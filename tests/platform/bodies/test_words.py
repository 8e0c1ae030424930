"""Terms and browsers in words."""

from __future__ import annotations

from datetime import date

import pytest

from huancheng.platform.bodies.models import Post
from huancheng.platform.bodies.queries.roles import role_title
from huancheng.platform.bodies.templatetags.posts import browser, term

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (CHROME, "Chrome · Linux"),
        (CHROME.replace("X11; Linux", "Windows NT 10.0") + " Edg/140", "Edge · Windows"),
        ("curl/8.5", "curl/8.5"),
        ("", "—"),
    ],
)
def test_a_browser_is_named(told, name):
    assert browser(told) == name


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (None, None, "长期"),
        (date(2026, 1, 1), None, "2026-01-01 — 长期"),
        (None, date(2026, 2, 1), "原有 — 2026-02-01"),
    ],
)
def test_an_open_end_is_said_in_words(first, last, words):
    assert term(Post(valid_from=first, valid_until=last)) == words


def test_a_role_the_pack_no_longer_has_is_shown_by_its_id():
    assert role_title("emperor") == "emperor"
    assert role_title("clerk") == "文书"
