"""An officer's desk: one window in a browser, worked by what stands on the page – labels, buttons, links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect


@dataclass
class Desk:
    """A window of somebody who is signed in.

    Parameters
    ----------
    page
        The window.
    """

    page: Page

    @property
    def headline(self) -> Locator:
        """The sentence on top of the page."""
        return self.page.locator("h1")

    @property
    def form(self) -> Locator:
        """The form whose button is the main one of the page."""
        return self.page.locator("main form:has(button.primary)").last

    def ready(self) -> None:
        """Wait until the page answers to clicks."""
        self.page.wait_for_selector("html[data-ready]", state="attached")

    def begin(self) -> Desk:
        """Open the first page, as somebody who comes to work does."""
        self.page.goto("/")
        self.ready()
        return self

    def through(self, door: Locator) -> None:
        """Click what leads to another page, and wait until that page answers to clicks."""
        with self.page.expect_navigation():
            door.click()
        self.ready()

    def go(self, place: str) -> None:
        """Go to a place of the main navigation."""
        self.through(self.page.get_by_role("navigation", name="主导航").get_by_role("link", name=place, exact=True))

    def follow(self, words: str, *, exact: bool = False) -> None:
        """Follow the first link with these words."""
        self.through(self.page.locator("main").get_by_role("link", name=words, exact=exact).first)

    def open_case(self, title: str, place: str = "工作台") -> None:
        """Open a case from the worklist, or from another place of the main navigation."""
        self.go(place)
        row = self.page.get_by_role("row", name=re.compile(re.escape(title)))
        self.through(row.get_by_role("link", name=title).first)

    def offer(self, act: str) -> None:
        """Click an act of the open case, its main button or one in the menu of the others; wait for what it opens."""
        main = self.page.locator("main a.button.primary", has_text=re.compile(f"^{act}$"))
        if main.count():  # the page is whole: what is not there now does not come
            link = main.first
        else:
            self.page.locator("summary", has_text="更多办理").click()
            link = self.page.locator(".menu-list").get_by_role("link", name=act, exact=True).first
        if link.get_attribute("hx-get") is None:
            self.through(link)
        else:
            link.click()
            expect(self.page.locator("#act-title")).to_be_focused()

    def choose(self, act: str) -> None:
        """Choose an act of the open case and wait for its form, and for the modules that serve it."""
        self.offer(act)
        self.page.locator("main form:has(button.primary)").first.wait_for()
        expect(self.page.locator("main [data-module]:not([data-started])")).to_have_count(0)

    def form_of(self, verb: str) -> Locator:
        """Return the form that a button sends."""
        button = self.page.get_by_role("button", name=verb, exact=True)
        return self.page.locator("main form").filter(has=button).last

    def fill(self, within: Locator | None = None, /, **answers: Any) -> None:
        """Fill the form in, by label; True ticks, a tuple chooses from a list, a dict is a file."""
        for label, answer in answers.items():
            field = (within or self.form).get_by_label(label, exact=True)
            if answer is True:
                field.check()
            elif isinstance(answer, dict):
                field.set_input_files(answer)
            elif isinstance(answer, tuple):
                field.select_option(label=answer[0])
            else:
                field.fill(str(answer))

    def press(self, verb: str) -> None:
        """Press a button and wait for the page it leads to."""
        self.through(self.form_of(verb).get_by_role("button", name=verb, exact=True))

    def send(self, verb: str, **answers: Any) -> None:
        """Fill in the form that a button sends, and press the button."""
        self.fill(self.form_of(verb), **answers)
        self.press(verb)

    def unfold(self, title: str) -> None:
        """Open a form that is folded away."""
        self.page.locator("main summary", has_text=title).click()

    def act(self, act: str, verb: str = "", **answers: Any) -> None:
        """Do an act of the open case: choose it, fill its form in, press its button."""
        self.choose(act)
        self.send(verb or act, **answers)

    def tells(self, words: str) -> None:
        """See that the page's headline says something."""
        expect(self.headline).to_contain_text(words)

    def happened(self, *words: str) -> None:
        """See that the time line of the open case tells something."""
        for said in words:
            expect(self.page.locator("ol.timeline")).to_contain_text(said)
