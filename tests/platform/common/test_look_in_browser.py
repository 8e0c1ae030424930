"""The components in a real browser: readable by all, usable by keyboard, forgetting nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.platform.browser import *  # noqa: F403 - fixtures
from tests.platform.browser import NARROW, WIDE, assert_accessible

CLERK = ("临河县城市更新工作专班", "clerk")

pytestmark = pytest.mark.django_db(transaction=True)

WIDTHS = {"wide": WIDE, "narrow": NARROW}
QUICK = {("zh-hans", "light", "wide"), ("en", "dark", "narrow")}
WAYS = [
    pytest.param(*way, marks=() if way in QUICK else pytest.mark.slow)
    for way in [
        (language, theme, width) for language in ("zh-hans", "en") for theme in ("light", "dark") for width in WIDTHS
    ]
]


@pytest.fixture
def look(page_as):
    """The page of components, as a clerk sees it."""
    page = page_as(*CLERK)
    page.goto("/look/")
    page.wait_for_selector("html[data-ready]", state="attached")
    return page


@pytest.mark.parametrize(("language", "theme", "width"), WAYS)
def test_every_component_is_accessible(page_as, language, theme, width):
    page = page_as(*CLERK, language=language, theme=theme, size=WIDTHS[width])
    page.goto("/look/")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_is_used_by_keyboard_and_remembers_its_columns(look):
    look.locator("a[data-row]").first.focus()
    look.keyboard.press("ArrowDown")
    look.keyboard.press("ArrowDown")
    expect(look.locator("a[data-row]").nth(2)).to_be_focused()
    look.keyboard.press("Enter")
    expect(look.locator("#panel h2")).to_have_text("运河路1号更新单元")
    expect(look).to_have_url(re.compile("/look/"))
    look.locator("[data-panel-closes]").click()
    expect(look.locator("a[data-row]").nth(2)).to_be_focused()

    look.locator("#units-title").fill("纺织厂")
    expect(look.locator(".pages .found")).to_contain_text("125")
    expect(look.locator("#units-title")).to_be_focused()
    expect(look).to_have_url(re.compile("title="))

    look.locator("summary[title='选择列']").click()
    look.locator("[data-columns] input[value='area']").uncheck()
    expect(look.locator("#table-units thead")).not_to_contain_text("面积")
    look.reload()
    expect(look.locator("#table-units thead")).not_to_contain_text("面积")


def test_what_one_typed_is_there_again_until_it_arrives(look):
    form = "form[data-draft='look']"
    look.locator(f"{form} [name='plain-title']").fill("古楼街单元")
    look.locator(f"{form} [name='plain-kind'][value='renovate']").check()
    expect(look.locator(f"{form} .draft-note")).to_contain_text("草稿已保存在本机")

    look.context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        look.goto("/look/?again")
    look.context.set_offline(False)
    look.goto("/look/")
    expect(look.locator(f"{form} [name='plain-title']")).to_have_value("古楼街单元")
    expect(look.locator(f"{form} [name='plain-kind'][value='renovate']")).to_be_checked()
    expect(look.locator(f"{form} .draft-note")).to_contain_text("已恢复")

    key = look.evaluate("Object.keys(localStorage).find((name) => name.startsWith('draft:'))")
    assert re.fullmatch(r"draft:\d+:look", key)
    look.evaluate("(key) => { document.cookie = `draft_arrived=${encodeURIComponent(key)}; path=/` }", key)
    look.reload()
    expect(look.locator(f"{form} [name='plain-title']")).to_have_value("")


def test_the_search_is_one_key_away_and_menus_close_on_escape(look):
    look.locator(".page-head summary").click()
    expect(look.locator(".page-head .menu-list")).to_be_visible()
    look.keyboard.press("Escape")
    expect(look.locator(".page-head .menu-list")).to_be_hidden()
    look.locator("h1").click()
    look.keyboard.press("/")
    expect(look.locator("#search")).to_be_focused()


def opened_clause(look):
    """Open the last clause of the stations and wait until it has been placed beside its words."""
    look.locator(".stations .popover summary").last.click()
    opened = look.locator(".stations .popover.floats[open] .popover-body")
    expect(opened).to_be_visible()
    return opened


def test_a_clause_opens_inside_what_scrolls_and_stays_in_sight(look):
    opened = opened_clause(look)
    box = opened.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= WIDE["width"]
    assert box["height"] > 40
    expect(opened).to_be_in_viewport(ratio=0.9)


def test_a_clause_stays_open_when_a_scroll_is_told_of_late_and_closes_when_its_words_move_away(look):
    opened = opened_clause(look)
    look.evaluate("document.dispatchEvent(new Event('scroll'))")
    expect(opened).to_be_visible()
    look.evaluate("scrollBy(0, scrollY > 100 ? -80 : 80)")
    expect(opened).to_have_count(0)


def test_a_dialogue_asks_before_something_is_done(look):
    look.locator("[data-opens='ask']").click()
    expect(look.locator("#ask")).to_be_visible()
    look.locator("#ask [data-closes]").click()
    expect(look.locator("#ask")).to_be_hidden()


def test_the_colours_follow_the_choice_and_are_remembered(look):
    look.locator("summary", has_text="外观与账户").click()
    look.locator("[data-theme-choice='dark']").click()
    expect(look.locator("body")).to_have_css("background-color", "rgb(21, 27, 33)")
    look.reload()
    expect(look.locator("html")).to_have_attribute("data-theme", "dark")
