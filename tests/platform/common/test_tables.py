"""A list is described once: its heads, its order, its filters, its sums and its workbook agree."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from time import process_time
from types import SimpleNamespace
from typing import ClassVar

import pytest
from django.db.models import Count, Q
from django.test import RequestFactory
from openpyxl import load_workbook

from huancheng.platform.common.models import Job
from huancheng.platform.common.tables import Column, Filter, Table, is_panel

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


class Jobs(Table):
    name = "jobs"
    title = "后台事项"
    columns: ClassVar = (
        Column("title", "事项", order="title", link=lambda job: f"/jobs/{job.pk}/"),
        Column("state", "状态", value=lambda job: job.get_state_display()),
        Column("percent", "进度", kind="number", order="percent", total=Count("percent")),
        Column("created_at", "时间", kind="moment", order=("created_at", "title")),
        Column("number", "编号", shown=False),
    )
    filters: ClassVar = (
        Filter("state", "状态", lookup="state", choices=Job.State.choices),
        Filter("words", "内容", narrow=lambda wanted: Q(words__contains=wanted) | Q(title__contains=wanted)),
    )
    default_order: ClassVar = ("-created_at",)
    size = 2
    sizes = (2, 50)


def make(number: int, **more) -> Job:
    moment = NOW + timedelta(hours=number)
    return Job.objects.create(
        **{
            "name": "x",
            "title": f"事项{number}",
            "percent": number * 10,
            "created_at": moment,
            "changed_at": moment,
            **more,
        }
    )


def table(query: str = "", **cookies: str) -> Jobs:
    request = RequestFactory().get(f"/jobs/?{query}")
    request.COOKIES.update(cookies)
    return Jobs(request, Job.objects.all())


def titles(shown: Table) -> list[str]:
    return [row.title for row in shown.page.object_list]


@pytest.mark.django_db
class TestOrder:
    def test_its_own_order_where_nothing_is_asked(self):
        make(1), make(2)
        assert titles(table()) == ["事项2", "事项1"]

    def test_a_column_up_and_down(self):
        make(2), make(1)
        assert titles(table("sort=title")) == ["事项1", "事项2"]
        assert titles(table("sort=-title")) == ["事项2", "事项1"]

    @pytest.mark.parametrize("asked", ["state", "person", "password", "--", "title__x"])
    def test_nothing_is_ordered_by_what_is_no_sortable_column(self, asked):
        make(1), make(2)
        assert titles(table(f"sort={asked}")) == ["事项2", "事项1"]

    def test_rows_that_are_equal_never_change_places_between_pages(self):
        for number in range(6):
            make(number, percent=5)
        seen = [row.pk for page in (1, 2, 3) for row in table(f"sort=percent&page={page}").page.object_list]
        assert len(set(seen)) == 6

    def test_a_head_turns_the_order_it_shows(self):
        heads = {head.column.key: head for head in table("sort=title&state=done&page=3").heads}
        assert heads["title"].sorted == "ascending"
        assert heads["title"].url == "?state=done&sort=-title"
        assert heads["created_at"].sorted == ""
        assert heads["state"].url == ""


@pytest.mark.django_db
class TestNarrowing:
    def test_a_choice(self):
        make(1, state="done"), make(2)
        assert titles(table("state=done")) == ["事项1"]
        assert table("state=done").narrowed

    def test_a_condition_of_its_own(self):
        make(1, words="古楼街"), make(2)
        assert titles(table("words=古楼")) == ["事项1"]

    def test_what_is_not_offered_narrows_nothing(self):
        make(1), make(2)
        assert len(titles(table("state=secret"))) == 2


@pytest.mark.django_db
class TestPages:
    def test_sums_are_over_all_pages_and_what_the_filters_leave(self):
        for number in range(5):
            make(number, state="done" if number else "failed")
        assert table().page.paginator.count == 5
        assert {column.key: total for column, total in table("state=done").totals}["percent"] == "4"

    @pytest.mark.parametrize(
        ("asked", "number"), [("page=99", 3), ("page=x", 1), ("page=-1", 3), ("size=50&page=2", 1), ("size=7", 1)]
    )
    def test_a_page_that_is_not_there_gives_the_nearest(self, asked, number):
        for row in range(5):
            make(row)
        assert table(asked).page.number == number

    @pytest.mark.parametrize("rows", [1, 3, 40])
    def test_the_number_of_queries_does_not_grow_with_the_rows(self, rows, django_assert_num_queries):
        for number in range(rows):
            make(number)
        shown = table("size=50")
        with django_assert_num_queries(3):
            assert str(shown.body).count("<tr>") == rows
            assert shown.totals


@pytest.mark.django_db
class TestColumns:
    def test_those_chosen_are_remembered_and_the_first_stays(self):
        assert [column.key for column in table().chosen] == ["title", "state", "percent", "created_at"]
        assert [column.key for column in table(columns_jobs="number").chosen] == ["title", "number"]
        assert [column.key for column in table(columns_jobs="nonsense").chosen] == [
            "title", "state", "percent", "created_at",
        ]  # fmt: skip

    def test_rows_may_be_compact(self):
        assert table(table_rows="compact").compact
        assert not table().compact

    def test_what_a_person_typed_is_never_markup(self):
        make(1, title="<script>alert(1)</script>", words="")
        assert "<script>" not in str(table().body)
        assert "&lt;script&gt;" in str(table().body)


@pytest.mark.django_db
class TestWorkbook:
    def test_it_holds_every_column_all_pages_and_the_order_asked_for(self):
        for number in range(3):
            make(number)
        answer = table("sort=title&format=xlsx").answer("unused.html")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[0] == ("事项", "状态", "进度", "时间", "编号")
        assert [row[0] for row in rows[1:]] == ["事项0", "事项1", "事项2", "合计"]
        assert rows[1][3] == datetime(2026, 11, 22, 9, 30)  # noqa: DTZ001 - a workbook knows no zones
        assert "%E5%90%8E%E5%8F%B0" in answer["Content-Disposition"]

    def test_it_holds_nothing_that_the_filters_leave_out(self):
        make(1, title="秘密", state="failed"), make(2, state="done")
        answer = table("state=done&format=xlsx").answer("unused.html")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert "秘密" not in [row[0] for row in sheet.iter_rows(values_only=True)]


class TestListsThatAreHere:
    class Things(Table):
        name = "things"
        columns: ClassVar = (
            Column("name", "名称", order="name"),
            Column("area", "面积", kind="number", order="area", total=sum, places=1),
            Column("due", "期限", kind="day"),
            Column("money", "投资", kind="money"),
            Column("owner__name", "权利人"),
        )
        filters: ClassVar = (
            Filter("name", "名称", keeps=lambda row, wanted: wanted in row.name),
            Filter("kind", "类型", choices=lambda: [("a", "甲")]),
        )
        selects = "thing"

    ROWS: ClassVar = [
        SimpleNamespace(pk=1, name="b", area=2.5, due=date(2026, 1, 2), money=10_000, owner={"name": "甲"}),
        SimpleNamespace(pk=2, name="a", area=None, due=None, money=None, owner=None),
        SimpleNamespace(pk=3, name="c", area=1.0, due=None, money=5, owner=None),
    ]

    def shown(self, query: str) -> Table:
        return self.Things(RequestFactory().get(f"/?{query}"), self.ROWS)

    def test_they_are_ordered_with_the_unknown_last(self):
        assert [row.name for row in self.shown("sort=area").page.object_list] == ["c", "b", "a"]
        assert [row.name for row in self.shown("sort=-area").page.object_list] == ["b", "c", "a"]
        assert [row.name for row in self.shown("").page.object_list] == ["b", "a", "c"]

    def test_they_are_narrowed_and_summed(self):
        assert [row.name for row in self.shown("name=a").page.object_list] == ["a"]
        assert len(self.shown("kind=zzz").page.object_list) == 3
        assert len(self.shown("kind=a").page.object_list) == 3
        assert self.shown("").sums == {"area": 3.5}

    def test_each_kind_is_written_its_way_and_the_unknown_is_a_dash(self):
        body = str(self.shown("").body)
        for text in ("2026-01-02", "1.00", "万元", "2.5", "甲", "–"):
            assert text in body
        assert 'aria-label="选择 b"' in body

    def test_their_workbook_is_whole(self):
        answer = self.shown("format=xlsx").answer("unused.html")
        rows = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
        assert len(rows) == 5


def test_a_record_beside_its_list_is_asked_for_by_the_panel():
    assert is_panel(RequestFactory().get("/", headers={"HX-Target": "panel"}))
    assert not is_panel(RequestFactory().get("/"))


@pytest.mark.django_db
def test_htmx_gets_the_list_alone_and_a_browser_the_page(client):
    page = client.get("/look/").content.decode()
    part = client.get("/look/?title=纺织厂", headers={"HX-Target": "table-units"}).content.decode()
    assert "<!doctype html>" in page
    assert part.startswith('<div id="table-units"')
    assert "古楼街1号" not in part
    assert "没有符合筛选条件的记录" in client.get("/look/?title=zzz").content.decode()
    assert "<h2>运河路" in client.get("/look/", headers={"HX-Target": "panel"}).content.decode()


@pytest.mark.django_db
def test_a_thousand_rows_take_less_than_two_seconds_of_the_processor(client):
    ask = {"path": "/look/?size=1000", "headers": {"HX-Target": "table-units"}}
    client.get(**ask)
    begin = process_time()
    text = client.get(**ask).content.decode()
    assert text.count("data-row") == 1000
    assert process_time() - begin < 2
