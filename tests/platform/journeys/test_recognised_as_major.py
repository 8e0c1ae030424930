"""A scheme the county approved is recognised as major: its route changes, and the page tells what counts and why."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huancheng.policy.routes.state import StepStatus


@pytest.mark.requirement("5.6-5", "5.6-6", "8.1-2")
@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_the_page_tells_what_counts_and_why(desk, begun):
    scheme = begun("scheme", kind="project")
    scheme.until("file")
    assert (scheme.case.route, scheme.case.approved) == ("scheme-ordinary", True)
    officer = desk("市专班办公室", "officer")
    officer.open_case(scheme.case.title, "审批")
    officer.act("登记认定", 已认定为重大项目=True, 认定文件文号="示城更办〔2026〕9号", 认定理由="总投资十二亿元")

    told = officer.page.get_by_role("region", name="路线变更")
    for words in ("示城更办〔2026〕9号", "总投资十二亿元", "属地已作的批准视为初审意见", "方案文本继续有效"):
        expect(told).to_contain_text(words)
    expect(officer.page.locator("ol.stations").first).to_contain_text("市政府")

    assert (scheme.case.route, scheme.case.approved) == ("scheme-escalated", False)
    assert scheme.standing.step("local-review").status is StepStatus.PASSED
