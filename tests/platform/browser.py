"""A real browser before a real server: fixtures for journeys, checks of accessibility, and pictures of pages.

Load it where it is needed: `from tests.platform.browser import *` in a `conftest.py` or a test. Tests that use it are
skipped, and say so, where there is no Chromium or the pages' assets were not built.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from huancheng.platform.common.assets import manifest

__all__ = ["assert_accessible", "browser", "chromium", "open_page", "page_as", "picture", "server"]

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
MAP_FLAGS = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
PICTURES = Path(__file__).resolve().parents[2] / "var" / "pictures"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium lies; `HUANCHENG_CHROMIUM` may say it."""
    found = os.environ.get("HUANCHENG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("there is no Chromium on this machine (Debian: apt-get install chromium)")
    if not manifest():
        pytest.skip("the pages' assets are not built (python3 run.py assets)")
    return found


_OPENED: list[Browser] = []
"""The browser once it runs: each module that imports these fixtures has its own copy of them, and a second can't start
while one runs."""


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """A headless Chromium; draws maps by software. One for the whole run, whichever module asked first.

    `HUANCHENG_WATCH=400` shows its window and lets each act wait so many milliseconds, for somebody who looks on.
    """
    if _OPENED:
        yield _OPENED[0]
        return
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        slowly = os.environ.get("HUANCHENG_WATCH", "")
        opened = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", *MAP_FLAGS], headless=not slowly, slow_mo=float(slowly or 0)
        )
        _OPENED.append(opened)
        yield opened
        _OPENED.clear()
        opened.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
    else:
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


@pytest.fixture
def server(live_server: Any) -> str:
    """The address of a running server with this test's database."""
    return str(live_server.url)


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window: `open_page(client, language="en", theme="dark", size=NARROW)`.

    The window fails the test when its page asks another host for something, breaks the content security policy or has
    an error in its scripts.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_window(
        client: Client | None = None, *, language: str = "zh-hans", theme: str = "light", size: Any = None
    ) -> Page:
        context = browser.new_context(viewport=size or WIDE, base_url=server, locale="zh-CN")
        contexts.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language, "theme": theme}
        if client is not None and settings.SESSION_COOKIE_NAME in client.cookies:
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": name, "value": value, "url": server} for name, value in cookies.items()])
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("request", lambda asked: None if own(asked.url, server) else wrong.append(f"asks {asked.url}"))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert not wrong, "\n".join(wrong)


def own(url: str, server: str) -> bool:
    """Whether an address is on our own server, or inside the page."""
    return url.startswith((server, "data:", "blob:", "about:"))


@pytest.fixture
def page_as(open_page: Callable[..., Page], client_as: Callable[..., Client]) -> Callable[..., Page]:
    """Return a function that opens a window for a person in a post: `page_as("临河县人民政府", "approver")`."""

    def open_for(body_name: str, role: str, number: int = 1, **how: Any) -> Page:
        return open_page(client_as(body_name, role, number), **how)

    return open_for


def assert_accessible(page: Page, *, without: str = "") -> None:
    """Fail with the list of what hinders people on the page (WCAG 2.2, A and AA), by axe.

    Parameters
    ----------
    page
        The page as it is now.
    without
        A selector of what is left out, as a map's canvas.
    """
    page.wait_for_selector("html[data-ready]", state="attached")
    context: Any = {"exclude": [[without]]} if without else None
    found = Axe().run(page, context=context, options={"runOnly": RULES, "resultTypes": ["violations"]})
    told = [
        f"{fault['id']}: {node['target']} {node['failureSummary']}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]
    assert told == [], "\n".join(told)


def picture(page: Page, name: str, *, whole: bool = False) -> Path:
    """Take a picture of a page into `var/pictures/` and return where it lies."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    file = PICTURES / f"{name}.png"
    page.screenshot(path=file, full_page=whole)
    return file
