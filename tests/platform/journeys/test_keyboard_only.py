"""From the worklist to the case to the decision without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from huancheng.policy.routes.state import StepStatus

FOCUSED = "() => { const here = document.activeElement; return here.value && here.type === 'radio' ? here.labels[0].innerText : (here.labels?.[0] ?? here).innerText.trim(); }"  # noqa: E501 - one expression
MOST_STEPS = 80


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what is focused bears these words."""
    for _step in range(MOST_STEPS):
        if page.evaluate(FOCUSED) == words:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never comes to “{words}”")


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_from_the_worklist_to_the_decision(desk, begun):
    plan = begun("unit_plan")
    plan.until("review")
    reviewer = desk("临河县自然资源和规划局", "reviewer")
    page = reviewer.page
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("#panel h2")).to_have_text(plan.case.title)
    with page.expect_navigation():
        page.keyboard.press("o")
    reviewer.ready()
    tab_to(page, "作出决定")
    page.keyboard.press("Enter")
    expect(page.locator("#act-title")).to_be_focused()
    tab_to(page, "通过")
    page.keyboard.press("Space")
    tab_to(page, "意见")
    page.keyboard.type("同意。")
    tab_to(page, "作出决定")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    reviewer.ready()
    reviewer.happened("同意。")
    assert plan.standing.step("review").status is StepStatus.PASSED
