"""Thirty cases from before come in by workbook; what is wrong in three rows is mended on the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huancheng.platform.casework.models import Case
from tests.platform.casework.domain.test_back_entry_import import row, workbook

WRONG = {3: ("辖区", None), 11: ("发起日期", "去年"), 20: ("对象编号", None)}


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_thirty_rows_three_of_them_mended_in_place(desk, book):
    rows = [row(number, **dict([WRONG[number]] if number in WRONG else [])) for number in range(1, 31)]
    officer = desk("市专班办公室", "officer")
    officer.go("审批")
    officer.follow("批量补录")
    file = {"name": "补录.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(book, rows).getvalue()}
    officer.send("上传并核对", 文种=("城市更新单元规划",), 工作簿=file)
    officer.tells("30 行中 3 行有错误，27 行可登记")

    for column, cure in (("辖区", ("临河县",)), ("发起日期", "2025-03-03"), ("对象编号", "LH-20")):
        officer.through(officer.page.get_by_role("navigation", name="行").get_by_role("link", name="有错误"))
        officer.follow("改正")
        expect(officer.page.get_by_role("alert")).to_contain_text(column)
        officer.send("保存并核对", **{column: cure})
    officer.tells("30 行都可登记")
    officer.press("登记所选行；不勾选则登记全部 30 行")
    officer.tells("30 行已登记")

    assert Case.objects.filter(back_entered=True, jurisdiction="linhe").count() == 30
    assert Case.objects.get(subject__key="LH-11").opened_on.isoformat() == "2025-03-03"
    officer.go("审批")
    expect(officer.page.get_by_role("row", name="东关20号单元")).to_contain_text("补录")
