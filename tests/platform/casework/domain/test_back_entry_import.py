"""Cases from before come in by workbook: every row is checked, what is taken and what is not adds up."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from openpyxl import Workbook, load_workbook

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.bodies.models import Post
from huancheng.platform.casework.back_entry_job import enqueue_entering
from huancheng.platform.casework.domain.back_entry_import import check, close, correct, stage, take
from huancheng.platform.casework.domain.back_entry_layout import SHEET, columns_of
from huancheng.platform.casework.domain.back_entry_template import template
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.models import BackEntryImport, BackEntryRow, Case
from huancheng.platform.casework.queries.back_entry import imports_seen, tallies
from huancheng.platform.common import clock
from tests.platform.casework.walking import OFFICE

pytestmark = pytest.mark.django_db
Status = BackEntryRow.Status

GOOD = {
    "辖区": "临河县", "对象编号": "LH-{n}", "对象名称": "东关{n}号单元", "发起日期": "2025-03-03",
    "指定日期": "2025-03-10", "指定文号": "临政字〔2025〕{n}号", "编制日期": "2025-05-06",
    "编制文号": "临规〔2025〕{n}号",
}  # fmt: skip
DONE = {
    "征求意见日期": "2025-06-10", "征求意见文号": "纪要{n}", "审核日期": "2025-07-01", "审核文号": "审{n}",
    "审核结果": "通过",
    "批准日期": "2025-08-01", "批准文号": "临政函{n}", "批准结果": "通过",
    "备案日期": "2025-08-20", "备案文号": "备{n}",
}  # fmt: skip


def row(number: int, **more: str | None) -> dict[str, object]:
    values = {head: text.format(n=number) for head, text in GOOD.items()}
    return {**values, **more}


def workbook(book, rows, *, instrument="unit_plan", heads=None) -> io.BytesIO:
    """Fill the template in as an officer would."""
    opened = load_workbook(io.BytesIO(template(book, instrument)))
    sheet = opened[SHEET]
    places = {cell.value: cell.column for cell in sheet[1]}
    for old, new in (heads or {}).items():
        sheet.cell(1, places[old]).value = new
    for number, values in enumerate(rows, start=3):
        for head, value in values.items():
            sheet.cell(number, places[head], value)
    buffer = io.BytesIO()
    opened.save(buffer)
    buffer.seek(0)
    return buffer


@pytest.fixture
def officer(acting):
    return acting(OFFICE, "officer")


@pytest.fixture
def staged(book, officer):
    def put(rows, **more):
        return stage(workbook(book, rows, **more), "补录.xlsx", more.get("instrument", "unit_plan"), officer)

    return put


def faults(source) -> list[tuple[int, str, str]]:
    heads = {column.key: column.title for column in columns_of(_book(), source.instrument)}
    return [
        (found.number, heads.get(item["column"], item["column"]), item["message"])
        for found in source.rows.all()
        for item in found.faults
    ]


def _book():
    from huancheng.platform.casework.domain.law import current_book

    return current_book()


def test_thirty_rows_are_taken_each_in_the_state_it_had(staged, officer):
    done = {head: text.format(n=0) for head, text in DONE.items()}
    source = staged([row(number, **(done if number % 2 else {})) for number in range(30)])
    assert faults(source) == []
    assert take(source, officer) == 30
    cases = Case.objects.all()
    assert {case.status for case in cases} == {"open", "finished"}
    assert all(case.back_entered for case in cases)
    half = Case.objects.select_related("subject").get(subject__key="LH-0")
    state = standing_of(half).state
    assert [name for name, step in state.steps.items() if step.back_entered] == ["designate", "compile"]
    assert all(step.on_time is None for step in state.steps.values())
    assert half.opened_on.isoformat() == "2025-03-03"
    source.refresh_from_db()
    assert source.status == BackEntryImport.Status.DONE
    assert tallies([source])[source.pk].taken == 30


def test_preconditions_shown_let_the_rest_of_the_route_go_on(staged, officer, book):
    head = next(column.title for column in columns_of(book, "unit_plan") if column.precondition)
    source = staged([row(1, **{head: "示政字〔2024〕9号"}), row(2)])
    assert take(source, officer) == 2
    first, second = Case.objects.order_by("subject__key")
    assert [task.step for task in first.tasks.all()] == ["consult"]
    assert list(second.tasks.all()) == []


@pytest.mark.parametrize(
    ("change", "column", "message"),
    [
        ({"辖区": None}, "辖区", "没有填写"),
        ({"辖区": "某某县"}, "辖区", "“某某县”不在可选范围内"),
        ({"对象编号": "x" * 81}, "对象编号", "超过 80 个字"),
        ({"发起日期": "去年"}, "发起日期", "“去年”不是日期"),
        ({"发起日期": "2999-01-01"}, "发起日期", "日期 2999-01-01 晚于今天"),
        ({"指定日期": "2025-03-01"}, "指定日期", "早于发起日期 2025-03-03"),
        ({"指定日期": None}, "指定日期", "填了文号或结果，没有填日期"),
        ({"指定文号": None}, "指定文号", "已办的环节须有文号"),
        ({"编制日期": "2025-03-05"}, "编制日期", "早于前一环节的日期 2025-03-10"),
        ({"审核日期": "2025-07-01", "审核文号": "审1"}, "审核结果", "没有填写结果"),
        ({"审核结果": "也许"}, "审核结果", "“也许”不在可选范围内"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_column_with_a_cure(staged, change, column, message):
    source = staged([row(1), row(2, **change)])
    assert (4, column, message) in faults(source)
    assert [item.status for item in source.rows.all()] == [Status.READY, Status.FAULTY]
    assert all(item["cure"] for item in source.rows.get(number=4).faults)


def test_dates_and_numbers_of_excel_are_read_as_they_are_meant(staged, officer):
    day = clock.now().replace(tzinfo=None) - timedelta(days=90)
    source = staged([row(1, 对象编号=20250301.0, 发起日期=day, 指定日期=day, 编制日期=day.date())])
    assert faults(source) == []
    assert source.rows.get().values["key"] == "20250301"


def test_doubles_in_the_workbook_and_in_the_register_are_found(staged, officer):
    first = staged([row(1)])
    assert take(first, officer) == 1
    source = staged([row(1), row(2), row(2)])
    assert [(number, message) for number, _column, message in faults(source)] == [
        (3, f"此对象已有同类案卷 {Case.objects.get().number}"),
        (4, "表内有 2 行用了同一编号"),
        (5, "表内有 2 行用了同一编号"),
    ]


def test_a_number_that_lies_elsewhere_is_refused(staged, unit):
    unit(jurisdiction="pingye", key="LH-1")
    assert [message for _row, _column, message in faults(staged([row(1)]))] == ["此编号的对象登记在别的辖区"]


def test_what_the_route_of_the_row_does_not_have_is_refused(book, officer):
    plain = {head: text.format(n=1) for head, text in list(GOOD.items())[:4]}
    letters = {"函审日期": "2025-09-01", "函审文号": "函1", "函审结果": "通过"}
    source = stage(workbook(book, [{**plain, **letters}], instrument="scheme"), "方案.xlsx", "scheme", officer)
    assert [(column, message) for _row, column, message in faults(source)] == [("函审日期", "此辖区的路线没有这个环节")]


def test_the_central_city_and_the_counties_share_a_workbook(staged, officer):
    done = {head: text.format(n=0) for head, text in DONE.items()}
    source = staged([row(1, 辖区="望岳区", **done), row(2, **done)])
    assert faults(source) == []
    assert take(source, officer) == 2
    assert {case.route for case in Case.objects.filter(status="finished")} == {"unit-plan-central", "unit-plan-other"}


def test_a_row_is_corrected_in_place_and_its_double_is_free_again(staged, officer):
    source = staged([row(1), row(1)])
    second = source.rows.get(number=4)
    correct(second, {**second.values, "key": "LH-2", "nonsense": "x"}, officer)
    assert [item.status for item in source.rows.all()] == [Status.READY, Status.READY]
    assert "nonsense" not in source.rows.get(number=4).values
    take(source, officer)
    with pytest.raises(InputFault, match="此行已处理"):
        correct(second, second.values, officer)


def test_rows_in_are_rows_taken_and_rows_left_out(staged, officer):
    source = staged([row(1), row(2), row(3, 辖区=None)])
    chosen = source.rows.get(number=3).pk
    assert take(source, officer, [chosen]) == 1
    source.refresh_from_db()
    assert source.status == BackEntryImport.Status.STAGED
    assert close(source, officer) == 2
    tally = tallies([source])[source.pk]
    assert (tally.total, tally.taken, tally.refused, tally.ready + tally.faulty) == (3, 1, 2, 0)
    assert take(source, officer) == 0
    codes = LogEntry.objects.filter(stream=f"back-entry:{source.pk}").values_list("code", flat=True)
    assert list(codes)[:3] == ["back_entry.staged", "back_entry.taken", "back_entry.closed"]


def test_a_row_that_became_wrong_since_it_was_checked_is_told_and_stops_no_other(staged, officer):
    source = staged([row(1), row(2)])
    other = staged([row(1)])
    assert take(other, officer) == 1
    assert take(source, officer) == 1
    assert [item.status for item in source.rows.all()] == [Status.FAULTY, Status.TAKEN]
    assert source.rows.first().faults[0]["message"].startswith("此对象已有同类案卷")


def test_a_job_enters_rows_only_for_who_still_holds_the_post(staged, officer):
    source = staged([row(1), row(2)])
    Post.objects.filter(pk=officer.post).delete()
    enqueue_entering(source, officer, None)
    assert Case.objects.count() == 0
    again = Post.objects.create(person_id=officer.person, body_id=officer.body, role="officer")
    from dataclasses import replace

    enqueue_entering(source, replace(officer, post=again.pk), None)
    assert Case.objects.count() == 2


def test_clerks_enter_their_own_jurisdiction_and_no_other(book, acting):
    clerk = acting("临河县城市更新工作专班", "clerk")
    source = stage(workbook(book, [row(1), row(2, 辖区="平野县")]), "补录.xlsx", "unit_plan", clerk)
    assert [(number, message) for number, _column, message in faults(source)] == [(4, "您的岗位不能补录此辖区的案卷")]
    assert take(source, clerk) == 1
    assert Case.objects.get().opened_by.name == "临河县城市更新工作专班"


def test_who_enters_nothing_from_before_is_refused(book, acting):
    compiler = acting("临河县指定的编制部门", "compiler")
    with pytest.raises(NotAllowed):
        stage(workbook(book, [row(1)]), "补录.xlsx", "unit_plan", compiler)
    assert not BackEntryImport.objects.exists()


def test_a_body_sees_its_own_workbooks(book, acting, officer, staged):
    source = staged([row(1)])
    assert list(imports_seen(officer)) == [source]
    assert list(imports_seen(acting("平野县城市更新工作专班", "clerk"))) == []
    assert list(imports_seen(acting("临河县指定的编制部门", "compiler"))) == []
    own = stage(workbook(book, [row(9)]), "b.xlsx", "unit_plan", acting("平野县城市更新工作专班", "clerk"))
    assert list(imports_seen(acting("平野县城市更新工作专班", "clerk"))) == [own]


@pytest.mark.parametrize(
    ("heads", "message"),
    [
        ({"指定日期": "随便"}, "不认识这些列：随便"),
        ({"辖区": None}, "缺少这些列：辖区"),
        ({"指定日期": "编制日期"}, "这些列出现了两次：编制日期"),
    ],
)
def test_a_workbook_with_other_heads_is_refused(staged, heads, message):
    with pytest.raises(InputFault, match=message):
        staged([row(1)], heads=heads)


def test_a_workbook_without_rows_is_refused(staged, officer):
    with pytest.raises(InputFault, match="没有可登记的行"):
        staged([])
    empty = io.BytesIO()
    Workbook().save(empty)
    empty.seek(0)
    with pytest.raises(InputFault, match="工作簿是空的"):
        stage(empty, "空.xlsx", "unit_plan", officer)


@pytest.mark.parametrize("content", [b"", b"a,b,c", b"PK\x03\x04 broken"])
def test_what_is_no_workbook_is_refused(officer, content):
    with pytest.raises(InputFault):
        stage(io.BytesIO(content), "x.xlsx", "unit_plan", officer)


def test_every_instrument_has_a_template_whose_heads_are_distinct(book):
    for instrument in book.instruments:
        columns = columns_of(book, instrument.id)
        assert len({column.title for column in columns}) == len(columns)
        sheet = load_workbook(io.BytesIO(template(book, instrument.id)))[SHEET]
        assert [cell.value for cell in sheet[1]] == [column.title for column in columns]
    assert template(book, "unit_plan") == template(book, "unit_plan")


def test_checking_again_changes_nothing(staged, officer):
    source = staged([row(1), row(2, 辖区=None)])
    before = list(source.rows.values_list("status", "faults"))
    check(source, officer)
    assert list(source.rows.values_list("status", "faults")) == before
