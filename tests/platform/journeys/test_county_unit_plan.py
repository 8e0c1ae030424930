"""A county's unit plan from designation to filing, each of six people at their own desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.models import Case
from tests.platform.casework.walking import Walk
from tests.platform.journeys.desk import Desk

TITLE = "东关更新单元"
WORDS = "a-password-of-a-test"


@pytest.mark.requirement("5.3-4", "5.3-5", "5.3-8", "5.3-9", "5.3-10")
@pytest.mark.django_db(transaction=True)
def test_from_designation_to_filing(desk, open_page, acting):
    compiler = signed_in(open_page(), acting("临河县指定的编制部门", "compiler"))
    open_case(compiler)

    officer = desk("市专班办公室", "officer")
    officer.open_case(TITLE, "审批")
    officer.act("确认前置条件", 文号="临政字〔2026〕3号")

    government = desk("临河县人民政府", "approver")
    government.open_case(TITLE)
    government.act("办结", 文号或回执号="临政函〔2026〕8号")

    compiler.open_case(TITLE)
    write_contents(compiler)
    compiler.act("办结")

    clerk = desk("临河县指定的编制部门", "clerk")
    clerk.open_case(TITLE)
    clerk.act("略过", "略过此环节", 理由="单元内没有需要逐户征求的权利人")

    reviewer = desk("临河县自然资源和规划局", "reviewer")
    reviewer.open_case(TITLE)
    reviewer.act("作出决定", 通过=True, 意见="指标与专项规划一致，同意。")

    government.open_case(TITLE)
    government.act("作出决定", 通过=True, 意见="同意。", 文号="临政复〔2026〕2号")

    filing = desk("市城市更新工作专班", "filing_clerk")
    filing.open_case(TITLE)
    filing.act("办结", 文号或回执号="备〔2026〕1号")
    filing.tells("已办结")
    filing.happened("备〔2026〕1号", "临政复〔2026〕2号", "同意。")

    case = Case.objects.get()
    assert (case.status, case.approved, case.route) == ("finished", True, "unit-plan-other")
    over = {name: step.status.value for name, step in Walk(case.pk, acting).standing.state.steps.items()}
    assert over == {
        "designate": "done", "compile": "done", "consult": "skipped", "review": "passed", "approve": "passed",
        "file": "done",
    }  # fmt: skip


def signed_in(page, acting) -> Desk:
    """Sign in with name and password."""
    person = Person.objects.get(pk=acting.person)
    person.set_password(WORDS)
    person.save()
    page.goto("/")
    page.get_by_label("用户名").fill(person.username)
    page.get_by_label("密码").fill(WORDS)
    desk = Desk(page)
    desk.through(page.get_by_role("button", name="登录", exact=True))
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    return desk


def open_case(desk: Desk) -> None:
    """Open the case from the list of cases, after a look at its route."""
    desk.go("审批")
    desk.follow("发起案卷")
    desk.fill(事项=("城市更新单元规划",))
    desk.press("查看路线")
    desk.fill(新对象名称=TITLE, 新对象编号="LH-07")
    desk.press("查看路线")
    expect(desk.page.locator("ol.stations").first).to_contain_text("临河县自然资源和规划局")
    desk.press("发起")


def write_contents(desk: Desk) -> None:
    """Write every part; what is typed is kept while it is typed."""
    desk.follow("编辑内容")
    desk.tells("没有写")
    fields = desk.form.locator("textarea")
    for place in range(fields.count()):
        fields.nth(place).fill(f"第 {place + 1} 部分的文字。")
    desk.press("保存并返回案卷")
