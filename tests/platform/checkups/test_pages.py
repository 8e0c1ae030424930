"""Pages and workbooks of a check-up draw the stored values, and nothing else."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from huancheng.platform.checkups.models import CheckupRunRecord, IndicatorValue, ProblemRecord
from huancheng.platform.checkups.queries.listed import listed_features
from tests.platform.atlas.little import STREETS, kept_snapshot

pytestmark = pytest.mark.django_db
AUDITOR = ("市专班办公室", "auditor")


@pytest.fixture
def client(client_as):
    return client_as(*AUDITOR)


@pytest.fixture
def page(client, run):
    """Return a function that opens a page of the check-up and returns what it says."""

    def open_page(name: str, *args: object, **asked: object) -> str:
        kept = () if name == "runs" else (run.pk,)
        return client.get(reverse(f"checkups:{name}", args=[*kept, *args]), asked).content.decode()

    return open_page


def test_the_list_names_system_day_and_counts(page):
    told = page("runs")
    assert "1 次城市体检" in told
    assert "小城指标体系" in told
    assert "2025-12-31" in told


def test_without_a_check_up_the_page_says_what_to_do(client):
    assert "load_checkup" in client.get(reverse("checkups:runs")).content.decode()


def test_indicators_show_figure_unit_target_and_source_letter(page):
    told = page("run")
    assert "1 项指标有数值，1 项缺数据，列出问题 1 项" in told
    assert '12<span class="unit">栋</span>' in told
    assert 'class="source"' in told
    assert "=0" in told
    assert "缺数据" in told


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ({"state": "missing"}, "缺数据的指标", "存在隐患"),
        ({"words": "隐患"}, "存在隐患", "缺数据的指标"),
        ({"words": "t-02"}, "缺数据的指标", "存在隐患"),
        ({"group": "住房", "state": "known"}, "存在隐患", "缺数据的指标"),
        ({"grade": "没有这个评价"}, "存在隐患", "没有符合条件"),
    ],
)
def test_indicators_are_narrowed(page, asked, shown, hidden):
    told = page("run", **asked)
    assert shown in told
    assert hidden not in told


def test_a_dimension_with_nothing_left_says_so(page):
    assert "没有符合条件的指标" in page("run", words="没有这样的指标")


def test_parts_are_listed_from_the_largest_and_missing_last(page):
    told = page("indicator", "T-01")
    places = [told.index(f'<th scope="row">{name}') for name in STREETS]
    assert places == sorted(places)
    assert "缺数据" in told[places[2] :]
    assert "在地图上看" in told


def test_an_indicator_of_the_city_alone_says_so(page):
    assert "只有全市数值" in page("indicator", "T-02")


def test_features_are_listed_down_to_the_building_with_the_way_to_the_map(page, run):
    kept_snapshot()
    told = page("features", "T-01", kind="street", scope="DI0")
    assert "12 个要素" in told
    assert "BU11" in told
    assert "at=buildings:BU0" in told
    assert listed_features(run, "T-01", "street", "DI2") == []
    assert listed_features(run, "T-02") == []
    assert "没有要素计入" in page("features", "T-02")


def test_features_lie_where_they_are(run):
    row = listed_features(run, "T-01")[0]
    assert row["longitude"] == pytest.approx(117.0006, abs=1e-3)
    assert row["latitude"] == pytest.approx(36.397, abs=1e-2)


@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 2), ({"scope_kind": "city"}, 1), ({"words": "望岳"}, 1), ({"group": "住房"}, 2), ({"words": "无"}, 0)],
)
def test_problems_are_narrowed(page, asked, count):
    told = page("problems", **asked)
    assert f"问题清单 {count} 条" in told


def test_actions_name_who_is_responsible(page):
    told = page("actions")
    assert "整治建议 1 条" in told
    assert "住房城乡建设局" in told


def test_a_run_or_indicator_there_is_not_is_404(client, run):
    assert client.get(reverse("checkups:run", args=[run.pk + 1])).status_code == 404
    assert client.get(reverse("checkups:indicator", args=[run.pk, "X"])).status_code == 404


@pytest.mark.parametrize("name", ["runs", "run", "problems"])
def test_the_queries_do_not_grow_with_the_rows(client, run, name, django_assert_num_queries):
    address = reverse(f"checkups:{name}", args=[] if name == "runs" else [run.pk])
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in (1, 2):
        more(run, number)
    with django_assert_num_queries(len(one)):
        client.get(address)


def more(run: CheckupRunRecord, number: int) -> None:
    """Add a row of each kind."""
    value = IndicatorValue.objects.filter(run=run, scope_kind="city").first()
    value.pk, value.indicator, value.position = None, f"N-{number}", 90 + number
    value.save()
    problem = ProblemRecord.objects.filter(run=run).first()
    problem.pk, problem.key = None, f"n{number}"
    problem.save()
    run = CheckupRunRecord.objects.get(pk=run.pk)
    run.pk, run.digest = None, str(number) * 64
    run.save()


def rows(answer) -> list[tuple]:
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return list(sheet.iter_rows(values_only=True))


def test_workbooks_hold_the_rows_of_the_pages(client, run):
    table = rows(client.get(reverse("checkups:indicators-xlsx", args=[run.pk])))
    assert table[0][:3] == ("编号", "维度", "指标")
    assert table[1][5:8] == (12, "栋", "有数值")
    assert table[2][5:8] == (None, "栋", "缺数据")
    parts = rows(client.get(reverse("checkups:breakdown-xlsx", args=[run.pk, "T-01"])))
    assert [row[5] for row in parts[1:]] == [12, 12, 0, None]
    problems = rows(client.get(reverse("checkups:problems-xlsx", args=[run.pk])))
    assert [row[4] for row in problems[1:]] == ["建成区", "望岳街道"]
    assert rows(client.get(reverse("checkups:actions-xlsx", args=[run.pk])))[1][7] == "住房城乡建设局"


def test_words_that_look_like_formulas_stay_words(client, run):
    ProblemRecord.objects.filter(run=run).update(problem='=HYPERLINK("http://example.org")')
    content = client.get(reverse("checkups:problems-xlsx", args=[run.pk])).content
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet["D2"].data_type != "f"
