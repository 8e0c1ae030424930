"""People from a workbook: every row judged first, nothing half-done, nothing computed, nothing huge unpacked."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.domain.faults import NotManaged, Refused
from huancheng.platform.bodies.domain.importing import stage_people, take_people
from huancheng.platform.bodies.models import Person, Post, StagedPeople
from huancheng.platform.bodies.queries.acting import choices_for
from huancheng.platform.bodies.workbooks.columns import COLUMNS, MOST_ROWS
from huancheng.platform.bodies.workbooks.reading import LARGEST, LARGEST_UNPACKED
from huancheng.platform.bodies.workbooks.template import people_workbook
from tests.platform.bodies.test_signing_in import knock

GOOD = ("wenshu-jia", "文书甲", "000-1", "jia@example.test", "临河县人民政府", "文书", "秘书", "2026-01-01", "")


def workbook(
    *rows: tuple[object, ...], header: tuple[str, ...] = tuple(COLUMNS.values()), sheet: str = "人员"
) -> bytes:
    made = Workbook()
    made.worksheets[0].title = sheet
    for row in (header, *rows):
        made.worksheets[0].append(list(row))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_cell(field: str, value: object) -> tuple[object, ...]:
    return tuple(value if name == field else cell for name, cell in zip(COLUMNS, GOOD, strict=True))


def fault_of(staged: StagedPeople, line: int = 0) -> dict[str, str]:
    return staged.rows[line]["fault"]


def test_good_rows_become_people_who_can_sign_in(city_administrator):
    second_post = with_cell("role", "备案员")
    staged = stage_people(workbook(GOOD, second_post), "人员.xlsx", city_administrator)
    assert not Person.objects.filter(username="wenshu-jia").exists()
    ((person, password),) = take_people(staged, city_administrator)
    assert [choice.role for choice in choices_for(person.pk)] == ["clerk", "filing_clerk"]
    assert person.posts.first().title == "秘书"
    assert knock(Client(), "wenshu-jia", password).status_code == 302
    assert Event.objects.get(code="people.imported").data == {"people": 1, "posts": 2}


def test_once_taken_nothing_personal_stays_behind_and_they_are_not_taken_twice(city_administrator):
    staged = stage_people(workbook(GOOD), "人员.xlsx", city_administrator)
    take_people(staged, city_administrator)
    staged.refresh_from_db()
    assert staged.rows == []
    with pytest.raises(Refused, match="没有可以录入的行"):
        take_people(staged, city_administrator)


@pytest.mark.parametrize(
    ("field", "value", "column", "message"),
    [
        ("username", "", "用户名", "未填写"),
        ("name", None, "姓名", "未填写"),
        ("body", "没有这个局", "单位", "没有这个单位"),
        ("body", "专班成员单位", "单位", "没有这个单位"),
        ("role", "皇帝", "岗位", "没有这个岗位"),
        ("username", "文书", "用户名", "不合格式"),
        ("email", "no-mail", "邮箱", "不是邮箱"),
        ("valid_from", "明天", "起始日期", "不是日期"),
        ("valid_until", "2026-02-30", "终止日期", "不是日期"),
        ("valid_until", "2025-01-01", "终止日期", "早于"),
        ("name", "=1+1", "姓名", "公式"),
        ("title", '=HYPERLINK("http://evil.example")', "职务", "公式"),
        ("title", "长" * 61, "职务", "超过"),
    ],
)
def test_a_row_that_will_not_do_is_refused_with_row_column_and_cure(city_administrator, field, value, column, message):
    staged = stage_people(workbook(("first-one", *GOOD[1:]), with_cell(field, value)), "人员.xlsx", city_administrator)
    line = staged.rows[1]
    assert line["row"] == 3
    assert fault_of(staged, 1)["field"] == column
    assert message in fault_of(staged, 1)["message"]
    assert fault_of(staged, 1)["cure"]
    assert "taken" in staged.rows[0]


def test_duplicates_and_people_who_are_there_are_refused(city_administrator, someone):
    staged = stage_people(
        workbook(GOOD, GOOD, with_cell("name", "文书乙"), with_cell("username", someone().username)),
        "x",
        city_administrator,
    )
    assert ["fault" in line for line in staged.rows] == [False, True, True, True]
    assert [fault_of(staged, at)["message"][:4] for at in (1, 2)] == ["与前面的", "同一用户"]
    assert "已有人使用" in fault_of(staged, 3)["message"]


def test_days_are_read_however_the_office_writes_them(city_administrator):
    from datetime import date, datetime

    for number, day in enumerate(("2026年3月1日", "2026/3/1", "2026.3.1", date(2026, 3, 1), datetime(2026, 3, 1, 8))):  # noqa: DTZ001
        row = with_cell("valid_from", day)
        staged = stage_people(workbook((f"user-{number}", *row[1:])), "x", city_administrator)
        assert staged.rows[0]["taken"]["valid_from"] == "2026-03-01"


def test_if_one_row_no_longer_does_nobody_is_entered(city_administrator):
    staged = stage_people(workbook(("first-one", *GOOD[1:]), GOOD), "x", city_administrator)
    Person.objects.create_user("wenshu-jia", name="先到的人")
    with pytest.raises(Refused, match="第 3 行"):
        take_people(staged, city_administrator)
    assert not Person.objects.filter(username="first-one").exists()
    staged.refresh_from_db()
    assert staged.taken_at is None


def test_a_county_imports_into_its_own_bodies_and_gives_no_role_that_reaches_beyond(county_administrator):
    rows = GOOD, with_cell("body", "平野县人民政府"), with_cell("role", "督查审计员")
    staged = stage_people(workbook(*rows), "x", county_administrator)
    assert ["fault" in line for line in staged.rows] == [False, True, True]


def test_nobody_imports_without_a_timed_session_and_nobody_takes_what_another_staged(acting, city_administrator):
    with pytest.raises(NotManaged):
        stage_people(workbook(GOOD), "x", acting("市专班办公室", "administrator"))
    staged = stage_people(workbook(GOOD), "x", city_administrator)
    from dataclasses import replace

    other = replace(acting("市专班办公室", "administrator", 2), elevated=True)
    with pytest.raises(Refused):
        take_people(staged, other)
    assert not Person.objects.filter(username="wenshu-jia").exists()


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (LARGEST_UNPACKED + 1))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"not a workbook", "不是可读取"),
        (b"", "不是可读取"),
        (bomb(), "过大"),
        (b"0" * (LARGEST + 1), "2 MB"),
        (workbook(GOOD, sheet="Sheet1"), "工作表"),
        (workbook(GOOD, header=("用户名",)), "缺少列"),
        (workbook(), "没有人员"),
        (workbook(*[GOOD] * (MOST_ROWS + 1)), "行"),
    ],
    ids=["text", "empty", "bomb", "large", "sheet", "header", "nobody", "rows"],
)
def test_a_file_that_is_no_template_is_refused_as_a_whole(city_administrator, content, message):
    with pytest.raises(Refused, match=message):
        stage_people(content, "x.xlsx", city_administrator)
    assert not StagedPeople.objects.exists()


def test_a_document_that_names_outside_entities_is_refused(city_administrator):
    good = zipfile.ZipFile(io.BytesIO(workbook(GOOD)))
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in good.namelist():
            content = good.read(name)
            if name == "xl/workbook.xml":
                content = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + content
            archive.writestr(name, content)
    with pytest.raises(Refused, match="外部定义"):
        stage_people(stream.getvalue(), "x.xlsx", city_administrator)


def test_the_template_offers_lists_and_an_export_can_be_imported_again(elevated, city_administrator, someone):
    client = elevated(city_administrator)
    template = load_workbook(io.BytesIO(client.get("/people/import/template/").content))
    assert [cell.value for cell in template["人员"][1]] == list(COLUMNS.values())
    lists = [rule.formula1 for rule in template["人员"].data_validations.dataValidation]
    assert lists == [f"清单!$A$1:$A${template['清单'].max_row}", "清单!$B$1:$B$11"]
    assert "文书" in {cell.value for cell in template["清单"]["B"]}
    person = someone()
    exported = client.get("/people/export/")
    assert "attachment" in exported["Content-Disposition"]
    rows = [[cell.value for cell in row] for row in load_workbook(io.BytesIO(exported.content))["人员"].iter_rows()]
    assert [person.username, person.name, "临河县人民政府", "编制人"] in [
        [row[0], row[1], row[4], row[5]] for row in rows
    ]


def test_what_begins_like_a_formula_is_exported_as_text():
    row = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "", "", "", "", ""]
    sheet = load_workbook(io.BytesIO(people_workbook([row], ["甲"], ["乙"])))["人员"]
    assert [cell.data_type for cell in sheet[2]][:4] == ["s"] * 4
    assert sheet["A2"].value == row[0]


def test_the_pages_stage_show_and_take(elevated, city_administrator):
    client = elevated(city_administrator)
    file = SimpleUploadedFile("人员.xlsx", workbook(GOOD, with_cell("username", "")))
    staged = client.post("/people/import/", {"file": file})["Location"]
    page = client.get(staged).content.decode()
    assert "1 行可录入，1 行须更正" in page
    assert "未填写" in page
    taken = client.post(f"{staged}take/")
    assert len(taken.context["people"]) == 1
    assert client.post(f"{staged}take/")["Location"] == staged
    assert Post.objects.filter(person__username="wenshu-jia", role="clerk").exists()
    refused = client.post("/people/import/", {"file": SimpleUploadedFile("x.xlsx", b"nothing")})
    assert refused.context["form"].errors["file"]


def test_another_administrators_rows_are_out_of_sight(elevated, city_administrator, county_administrator):
    staged = stage_people(workbook(GOOD), "x", city_administrator)
    client = elevated(county_administrator)
    assert client.get(reverse("bodies:staged", args=[staged.pk])).status_code == 404
    assert client.post(reverse("bodies:take", args=[staged.pk])).status_code == 404
