"""Two characters find a case; what lies out of sight is not found."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.models import Subject


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_two_characters_find_what_one_may_see(desk, acting):
    for place, title, body in (
        ("linhe", "临河东关更新单元", "临河县指定的编制部门"),
        ("pingye", "平野东关更新单元", "平野县指定的编制部门"),
    ):
        subject = Subject.objects.create(kind="unit", key=place, title=title, jurisdiction=place)
        open_case("unit_plan", subject, acting(body, "compiler"))
    compiler = desk("临河县指定的编制部门", "compiler")
    compiler.page.keyboard.press("/")
    compiler.page.keyboard.type("东关")
    with compiler.page.expect_navigation():
        compiler.page.keyboard.press("Enter")
    compiler.tells("“东关”")
    found = compiler.page.locator(".found-list")
    expect(found.locator("mark", has_text="东关").first).to_be_visible()
    expect(found).to_contain_text("临河东关")
    expect(compiler.page.locator("main")).not_to_contain_text("平野东关")
    compiler.follow("临河东关更新单元")
    expect(compiler.page.locator("ol.stations").first).to_be_visible()
