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

    def go(self, place: str) -> None:
        """Go to a place of the main navigation."""
        self.ready()
        self.page.get_by_role("navigation", name="主导航").get_by_role("link", name=place, exact=True).click()
        self.ready()

    def follow(self, words: str, *, exact: bool = False) -> None:
        """Follow the first link with these words."""
        self.page.locator("main").get_by_role("link", name=words, exact=exact).first.click()
        self.ready()

    def open_case(self, title: str, place: str = "工作台") -> None:
        """Open a case from the worklist, or from another place of the main navigation."""
        self.go(place)
        self.page.get_by_role("row", name=re.compile(re.escape(title))).get_by_role("link", name=title).first.click()
        self.ready()

    def choose(self, act: str) -> None:
        """Choose an act of the open case: its main button, else from the menu of the others."""
        self.ready()
        main = self.page.locator("main a.button.primary", has_text=re.compile(f"^{act}$"))
        if main.count():
            main.first.click()
        else:
            self.page.locator("summary", has_text="更多办理").click()
            self.page.locator(".menu-list").get_by_role("link", name=act, exact=True).first.click()
        self.page.locator("main form:has(button.primary)").first.wait_for()

    def fill(self, **answers: Any) -> None:
        """Fill the form in, by label; True ticks, a tuple chooses from a list, a dict is a file."""
        for label, answer in answers.items():
            field = self.form.get_by_label(label, exact=True)
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
        with self.page.expect_navigation():
            self.form.get_by_role("button", name=verb, exact=True).click()
        self.ready()

    def act(self, act: str, verb: str = "", **answers: Any) -> None:
        """Do an act of the open case: choose it, fill its form in, press its button."""
        self.choose(act)
        self.fill(**answers)
        self.press(verb or act)

    def tells(self, words: str) -> None:
        """See that the page's headline says something."""
        expect(self.headline).to_contain_text(words)

    def happened(self, *words: str) -> None:
        """See that the time line of the open case tells something."""
        for said in words:
            expect(self.page.locator("ol.timeline")).to_contain_text(said)
