"""An officer at the map: a layer off and on, what stands somewhere, and the same map again by its address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.platform.atlas.conftest import city, prepared, small_city
from tests.platform.atlas.test_map_in_browser import PATIENCE, at, inside, middle_of

WITHOUT_WATER = re.compile(r"layers=.*-water\b")

__all__ = ["city", "inside", "prepared", "small_city"]


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_layers_are_switched_a_building_tells_and_the_address_opens_the_same(desk, page_as, city, inside):
    identifier, longitude, latitude = inside("buildings")
    officer = desk("市专班办公室", "officer")
    page = officer.page
    page.set_default_timeout(PATIENCE)
    officer.go("一张图")
    page.wait_for_selector(".atlas[data-idle]")
    water = page.locator("[data-layer=water]")
    water.uncheck()
    expect(page).to_have_url(WITHOUT_WATER)
    water.check()
    expect(page).not_to_have_url(WITHOUT_WATER)

    page.evaluate("hash => { location.hash = hash; }", at(longitude, latitude))
    page.reload()
    page.wait_for_selector(".atlas[data-idle]")
    page.mouse.click(*middle_of(page))
    expect(page.locator(".atlas-panel")).to_contain_text(identifier)
    expect(page).to_have_url(re.compile(re.escape(f"at=buildings:{identifier}")))
    page.locator("[data-layer=facilities]").check()
    expect(page).to_have_url(re.compile("layers=.*facilities"))

    again = page_as("市专班办公室", "officer", 2)
    again.set_default_timeout(PATIENCE)
    again.goto(page.url)
    again.wait_for_selector(".atlas[data-idle]")
    expect(again.locator("[data-layer=facilities]")).to_be_checked()
    expect(again.locator(".atlas-panel")).to_contain_text(identifier)
