"""Pages of the worklist, lists, search, messages and back-entry: what they show, and that queries do not grow."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from huancheng.platform.casework.domain.indexing import rebuild
from huancheng.platform.casework.domain.messages import tell_of
from huancheng.platform.casework.models import BackEntryImport, BackEntryRow, Case, Message, MessageWish, Subject, Task
from tests.platform.casework.domain.test_back_entry_import import row, workbook
from tests.platform.casework.walking import OFFICE, Walk, day

pytestmark = pytest.mark.django_db
GOVERNMENT = "临河县人民政府"


@pytest.fixture
def approver(plan, client_as):
    client = client_as(GOVERNMENT, "approver")
    tell_of(plan.pk)
    return client


def page(client, name, *args, data=None, **query) -> str:
    answer = (
        client.post(reverse(name, args=args), data) if data is not None else client.get(reverse(name, args=args), query)
    )
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_the_worklist_shows_the_state_the_case_and_what_can_be_done(plan, approver):
    shown = page(approver, "casework:worklist")
    assert plan.case.title in shown
    assert plan.case.number in shown
    assert "1 件待办，均无临近期限" in shown
    assert f'value="{plan.pk}:{plan.case.version}:designate"' in shown


@pytest.mark.parametrize("tab", ["todo", "done", "mine", "chased"])
def test_every_list_has_words_when_it_is_empty(client_as, tab):
    shown = page(client_as("平野县人民政府", "approver"), "casework:worklist", tab=tab)
    assert 'class="empty"' in shown


def test_addresses_that_make_no_sense_show_the_worklist(approver, plan):
    shown = page(approver, "casework:worklist", tab="x", body="x", light="x", page="x")
    assert plan.case.title in shown
    assert "没有符合筛选条件的事项" in page(approver, "casework:worklist", light="red")


def test_a_case_opens_beside_the_list_only_in_sight(plan, approver, client_as):
    shown = page(approver, "casework:worklist-beside", plan.pk)
    assert "指定" in shown
    assert "办结" in shown
    stranger = client_as("平野县人民政府", "approver")
    assert stranger.get(reverse("casework:worklist-beside", args=[plan.pk])).status_code == 404


def test_many_are_asked_for_first_and_then_told_one_by_one(plan, approver, unit, acting):
    with day(0):
        other = Walk.begin(acting, "unit_plan", unit(key="U2"))
    marks = [f"{walk.pk}:{walk.case.version}:designate" for walk in (plan, other)]
    Case.objects.filter(pk=other.pk).update(version=99)
    asked = page(approver, "casework:worklist-bulk", data={"act": "complete", "mark": marks, "next": "/worklist/"})
    assert "办结 2 件" in asked
    assert plan.ready == ["designate"]
    told = page(approver, "casework:worklist-bulk", data={"act": "complete", "mark": marks, "confirmed": "1"})
    assert "1 件已办，1 件未办" in told
    assert "这件案卷刚刚被他人办理过" in told
    assert plan.ready == ["compile"]


def test_a_colleague_must_be_chosen_before_work_is_handed_over(plan, approver, acting, client_as):
    colleague = acting(GOVERNMENT, "approver", 2)
    data = {"act": "hand_over", "mark": [f"{plan.pk}:{plan.case.version}:designate"], "confirmed": "1"}
    assert "转交 1 件" in page(approver, "casework:worklist-bulk", data=data)
    stranger = acting("平野县人民政府", "approver")
    assert "转交 1 件" in page(approver, "casework:worklist-bulk", data={**data, "to": str(stranger.person)})
    page(approver, "casework:worklist-bulk", data={**data, "to": str(colleague.person)})
    assert Task.objects.get(case=plan.pk).holder_id == colleague.person


def test_taking_needs_no_question_and_nonsense_leads_back(plan, approver):
    page(approver, "casework:worklist-bulk", data={"act": "take", "mark": [f"{plan.pk}:{plan.case.version}:designate"]})
    assert Task.objects.get(case=plan.pk).holder_id is not None
    for wrong in ({"act": "take"}, {"act": "sing", "mark": ["1:1:a"]}, {"act": "take", "mark": ["x"]}):
        answer = approver.post(reverse("casework:worklist-bulk"), {**wrong, "next": "https://elsewhere.example"})
        assert (answer.status_code, answer["Location"]) == (302, reverse("casework:worklist"))


def test_cases_are_listed_narrowed_ordered_and_handed_out_as_a_workbook(plan, client_as, acting, unit):
    with day(0):
        Walk.begin(acting, "scheme", unit(kind="project", key="P9", jurisdiction="pingye"))
    officer = client_as(OFFICE, "officer")
    assert "2 件案卷，2 件在办" in page(officer, "casework:cases")
    for narrowed in (
        {"instrument": "scheme"}, {"jurisdiction": "pingye"}, {"subject": Subject.objects.get(key="P9").pk},
        {"body": Task.objects.get(case__instrument="scheme").body_id},
    ):  # fmt: skip
        shown = page(officer, "casework:cases", order="due", **narrowed)
        assert plan.case.title not in shown
        assert "P9号单元" in shown
    assert "没有符合条件的案卷" in page(officer, "casework:cases", light="red", year="1999", status="refused")
    answer = officer.get(reverse("casework:cases-xlsx"), {"jurisdiction": "linhe"})
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [cell.value for cell in sheet[2]][:2] == [plan.case.number, plan.case.title]
    assert sheet.max_row == 2


def test_a_title_that_looks_like_a_formula_stays_text(plan, client_as):
    Case.objects.filter(pk=plan.pk).update(title="=1+1")
    answer = client_as(OFFICE, "officer").get(reverse("casework:cases-xlsx"))
    cell = load_workbook(io.BytesIO(answer.content)).worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_list_of_cases_out_of_sight_is_empty(plan, client_as):
    shown = page(client_as("平野县人民政府", "approver"), "casework:cases")
    assert plan.case.title not in shown
    assert "还没有您可见的案卷" in shown


def test_search_marks_what_it_found_and_hints_at_nothing_else(plan, approver, client_as):
    rebuild()
    shown = page(approver, "casework:search", q="单元规划")
    assert "<mark>单元规划</mark>" in shown
    hidden = page(client_as("平野县人民政府", "approver"), "casework:search", q="U1号单元")
    assert plan.case.title not in hidden
    assert "没有找到" in hidden
    assert "搜索您可见的一切" in page(approver, "casework:search", q="")


def test_what_was_searched_is_never_markup(approver):
    shown = page(approver, "casework:search", q="<script>alert(1)</script>")
    assert "<script>alert(1)" not in shown


def test_messages_are_read_one_by_one_or_all(plan, approver):
    shown = page(approver, "casework:messages")
    assert "1 条未读消息" in shown
    assert plan.case.title in shown
    message = Message.objects.get(person__username__startswith="approver")
    approver.post(reverse("casework:messages-read"), {"message": message.pk})
    assert "没有未读消息" in page(approver, "casework:messages")
    approver.post(reverse("casework:messages-read"))
    assert "没有消息" in page(approver, "casework:messages", unread="1", kind="handed")


def test_wishes_are_kept(approver, settings):
    settings.MAIL_MESSAGES = True
    data = {"told_kinds": ["arrived"], "mail": "daily", "mailed_kinds": ["arrived", "handed"]}
    assert approver.post(reverse("casework:messages-wishes"), data).status_code == 302
    shown = page(approver, "casework:messages-wishes")
    assert shown.count("checked") == 1 + 1 + 2
    page(approver, "casework:messages-wishes", data={"mail": "sometimes"})
    assert MessageWish.objects.get().mail == MessageWish.Mail.DAILY
    settings.MAIL_MESSAGES = False
    assert "没有接通邮件" in page(approver, "casework:messages-wishes")


def test_a_workbook_is_sent_mended_and_entered(client_as, book):
    officer = client_as(OFFICE, "officer")
    assert load_workbook(
        io.BytesIO(officer.get(reverse("casework:back-entry-template", args=["unit_plan"])).content)
    ).sheetnames == ["补录", "填写说明", "选项"]
    assert officer.get(reverse("casework:back-entry-template", args=["nothing"])).status_code == 404
    file = SimpleUploadedFile("补录.xlsx", workbook(book, [row(1), row(2, 辖区=None)]).read())
    answer = officer.post(reverse("casework:back-entry"), {"instrument": "unit_plan", "file": file})
    source = BackEntryImport.objects.get()
    assert answer["Location"] == reverse("casework:back-entry-import", args=[source.pk])
    shown = page(officer, "casework:back-entry-import", source.pk)
    assert "2 行中 1 行有错误，1 行可登记" in shown
    assert "没有填写" in page(officer, "casework:back-entry-import", source.pk, faulty="1")
    faulty = BackEntryRow.objects.get(status="faulty")
    place = ("casework:back-entry-row", source.pk, faulty.pk)
    assert "第 4 行有 1 处要改" in page(officer, *place)
    assert "处要改" in page(officer, *place, data={**faulty.values, "opened": "昨天"})
    answer = officer.post(reverse(place[0], args=place[1:]), {**faulty.values, "jurisdiction": "临河县"})
    assert answer.status_code == 302
    officer.post(reverse("casework:back-entry-enter", args=[source.pk]), {"row": [str(faulty.pk), "x"]})
    assert Case.objects.count() == 1
    officer.post(reverse("casework:back-entry-leave", args=[source.pk]))
    assert "2 行：1 行已登记，1 行未登记" in page(officer, "casework:back-entry-import", source.pk)
    officer.post(reverse(place[0], args=place[1:]), faulty.values)
    assert "补录.xlsx" in page(officer, "casework:back-entry")


def test_what_is_no_workbook_is_told_at_its_field(client_as):
    answer = client_as(OFFICE, "officer").post(
        reverse("casework:back-entry"), {"instrument": "unit_plan", "file": SimpleUploadedFile("x.xlsx", b"no")}
    )
    assert answer.status_code == 400
    assert not BackEntryImport.objects.exists()


def queries(client, name: str, **query) -> int:
    with CaptureQueriesContext(connection) as asked:
        page(client, name, **query)
    return len(asked)


PAGES = [
    ("casework:worklist", {}), ("casework:worklist", {"tab": "done"}), ("casework:worklist", {"tab": "mine"}),
    ("casework:worklist", {"tab": "chased"}), ("casework:cases", {"order": "due"}), ("casework:search", {"q": "单元"}),
    ("casework:messages", {}),
]  # fmt: skip


def test_queries_are_the_same_with_one_row_three_and_a_thousand(plan, client_as, acting, unit):
    officer, approver = client_as(OFFICE, "officer"), client_as(GOVERNMENT, "approver")

    def counted() -> list[int]:
        rebuild()
        for case in Case.objects.all()[:5]:
            tell_of(case.pk)
        return [queries(client, name, **query) for client in (officer, approver) for name, query in PAGES]

    one = counted()
    with day(0):
        for number in (2, 3):
            Walk.begin(acting, "unit_plan", unit(key=f"U{number}"))
    three = counted()
    many = [
        Case(
            number=f"2026-X-{number:04d}",
            title=f"第{number}单元",
            instrument="unit_plan",
            route=plan.case.route,
            jurisdiction="linhe",
            subject=plan.case.subject,
            pack=plan.case.pack,
            status="open",
            opened_on=plan.case.opened_on,
            opened_by=plan.case.opened_by,
            initiator=plan.case.initiator,
        )
        for number in range(1000)
    ]
    Case.objects.bulk_create(many)
    template = Task.objects.filter(case=plan.pk).get()
    Task.objects.bulk_create(
        Task(case=case, step="designate", kind=template.kind, body=template.body, ready_on=template.ready_on)
        for case in many
    )
    assert one == three == counted()
