"""A unit plan is computed on its city, and made into papers and layers; what is out of date says so."""

from __future__ import annotations

import io
from datetime import date

import geopandas as gpd
import pytest
from django.urls import reverse
from docx import Document

from huancheng.evidence import InputFault
from huancheng.platform.common.models import Job
from huancheng.platform.files.domain.store import open_stored, take_in
from huancheng.platform.planning.domain.opinions import OpinionData, record_opinion
from huancheng.platform.planning.domain.unit_composing import compute, keep_computed, make_unit_documents
from huancheng.platform.planning.domain.unit_forms import read_workbook
from huancheng.platform.planning.domain.unit_plan_cases import lacking
from huancheng.platform.planning.domain.unit_plans import begin_unit_plan, fill_in
from huancheng.platform.planning.models import UnitPlan
from huancheng.platform.planning.queries.unit_contents import unit_contents
from huancheng.platform.planning.queries.unit_plan_page import standing_of_unit_plan
from huancheng.platform.planning.unit_plan_job import compute_plan, start_computing
from tests.platform.planning.making import BUREAU, OFFICE
from tests.platform.planning.town import a_form, a_town_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(acting):
    return acting(OFFICE, "officer")


@pytest.fixture
def plan(officer, settings, tmp_path):
    """The plan of the town's west, filled in."""
    settings.SNAPSHOTS = tmp_path / "snapshots"
    made = begin_unit_plan(a_town_unit(officer).pk, officer)
    form = read_workbook(take_in(io.BytesIO(a_form(tmp_path)), "单元规划表.xlsx"))
    return fill_in(made.pk, officer, form=form, expected=0)


def latest(plan: UnitPlan) -> UnitPlan:
    return UnitPlan.objects.select_related("unit__plan", "unit__subject", "case", "job").get(pk=plan.pk)


@pytest.mark.requirement("5.3-2", "5.3-3")
def test_five_parts_red_lines_and_agreement_are_computed_with_their_evidence(plan, officer, client_as):
    assert lacking(plan) == ["最新填报内容的测算"]
    said: list[str] = []
    compute(plan.pk, officer, said.append)
    row = latest(plan)
    assert (row.is_current, len(said)) == (True, 2)
    assert [part["title"] for part in row.computed["parts"]] == [
        "发展定位", "规划控制指标", "基础设施及公共服务设施布局", "经济分析及资金来源安排", "地块（项目）实施时序"
    ]  # fmt: skip
    assert lacking(row) == []
    floor = next(item for item in row.computed["indicators"] if item["id"] == "floor_area")
    assert (floor["now"]["amount"], floor["now"]["provenance"]) == (10_500, "derived")
    assert {line["level"] for line in row.computed["red_lines"]} == {"unit", "甲", "乙"}
    assert [item["kind"] for item in row.computed["consistency"]] == ["master", "regulatory", "special"]
    assert {item["verdict"] for item in row.computed["consistency"]} == {"conforms"}
    assert row.computed["regulatory_change"]["needed"] is False
    assert "五部分内容齐全" in standing_of_unit_plan(row, officer).headline
    client = client_as(OFFICE, "auditor")
    for name in ("", "-land", "-facilities", "-money", "-sequence", "-agreement", "-versions"):
        page = client.get(reverse(f"planning:unit-plan{name}", args=[plan.pk]))
        assert page.status_code == 200
    assert "以居住为主的完整社区" in client.get(reverse("planning:unit-plan", args=[plan.pk])).content.decode()


def test_what_the_plan_says_is_offered_for_the_parts_of_its_case(plan, officer):
    assert unit_contents(plan.unit.subject) == {}
    compute(plan.pk, officer, str)
    told = unit_contents(plan.unit.subject)
    assert list(told) == [
        "单元发展定位", "规划控制指标", "基础设施及公共服务设施布局", "经济分析及资金来源安排", "地块（项目）实施时序",
        "与三类规划的冲突清单",
    ]  # fmt: skip
    assert "以居住为主的完整社区" in told["单元发展定位"]
    assert "支出——建设：5,000 万元（匡算）" in told["经济分析及资金来源安排"]
    assert "系统叠图，仅供参考" in told["与三类规划的冲突清单"]


@pytest.mark.requirement("5.3-2")
def test_the_bureaus_opinion_outranks_the_overlay(plan, officer, acting, client_as):
    compute(plan.pk, officer, str)
    regulatory = plan.unit.plan.upper_plans.get(kind="regulatory")
    told = OpinionData("conflicts", "示自然资函1号", date(2025, 3, 1), plan=regulatory)
    record_opinion("unit_plan", plan.pk, told, acting(BUREAU, "clerk"))
    page = reverse("planning:unit-plan-agreement", args=[plan.pk])
    assert "测算之后登记了新的书面意见" in client_as(OFFICE, "officer").get(page).content.decode()
    compute(plan.pk, officer, str)
    found = next(item for item in latest(plan).computed["consistency"] if item["kind"] == "regulatory")
    assert (found["overlay"], found["verdict"], found["opinion"]) == ("conforms", "conflicts", "示自然资函1号")
    assert latest(plan).computed["regulatory_change"]["needed"] is True
    shown = client_as(OFFICE, "officer").get(page).content.decode()
    assert "测算之后登记了新的书面意见" not in shown
    assert "发起控规调整案卷" in shown


def test_what_was_filled_in_since_is_told_and_an_older_result_never_takes_its_place(plan, officer):
    compute(plan.pk, officer, str)
    older = latest(plan)
    fill_in(plan.pk, officer, form=None, parcels=None, expected=1)
    assert "须重新测算" in standing_of_unit_plan(latest(plan), officer).headline
    newer = compute(plan.pk, officer, str)
    assert newer.computed_edition == 2
    assert keep_computed(older, officer, {}).computed == newer.computed
    UnitPlan.objects.update(state="adopted")
    with pytest.raises(InputFault, match="不再测算"):
        compute(plan.pk, officer, str)


@pytest.mark.requirement("5.3-3")
def test_docx_pdf_and_layers_are_kept_with_their_edition(plan, officer, client_as, tmp_path):
    made = make_unit_documents(plan.pk, officer, str)
    assert [item.name.rpartition(".")[2] for item in made] == ["docx", "pdf", "gpkg"]
    assert latest(plan).is_current
    assert len(latest(plan).digest) == 64
    with open_stored(made[0].stored) as stream:
        paper = Document(io.BytesIO(stream.read()))
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "以居住为主的完整社区" in words
    with open_stored(made[2].stored) as stream:
        (tmp_path / "layers.gpkg").write_bytes(stream.read())
    assert "unit" in set(gpd.list_layers(tmp_path / "layers.gpkg")["name"])
    page = reverse("planning:unit-plan-versions", args=[plan.pk])
    reader = client_as(OFFICE, "auditor")
    assert made[1].name in reader.get(page).content.decode()
    assert "此后规划又有修改" not in reader.get(page).content.decode()
    download = reverse("files:download", args=["unit-plan-documents", made[2].pk])
    assert reader.get(download).status_code == 200
    assert client_as("平野县财政局", "reviewer").get(download).status_code == 404
    UnitPlan.objects.update(edition=9)
    assert "此后规划又有修改" in reader.get(page).content.decode()


def test_without_its_city_the_work_fails_and_the_page_says_why(plan, officer, client_as, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "elsewhere"
    job = start_computing(plan, officer)
    compute_plan.func(str(job.pk), plan.pk, {"person": officer.person, "body": officer.body, "role": officer.role})
    assert Job.objects.get().state == "failed"
    page = reverse("planning:unit-plan", args=[plan.pk])
    assert "快照没有载入" in client_as(OFFICE, "officer").get(page).content.decode()
    assert "快照没有载入" not in client_as(OFFICE, "auditor").get(page).content.decode()


def test_the_pages_ask_for_the_work_in_the_background(plan, client_as, django_capture_on_commit_callbacks):
    client = client_as(OFFICE, "officer")
    for name, back, done in (
        ("compute", "unit-plan", "已测算"), ("documents", "unit-plan-versions", "已生成 3 份文件")
    ):  # fmt: skip
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(reverse(f"planning:unit-plan-{name}", args=[plan.pk]))
        assert answer["Location"] == reverse(f"planning:{back}", args=[plan.pk])
        job = UnitPlan.objects.select_related("job").get().job
        assert (job.state, job.words) == ("done", done)
    assert UnitPlan.objects.get().documents.count() == 3
    UnitPlan.objects.update(state="adopted")
    assert client.post(reverse("planning:unit-plan-compute", args=[plan.pk])).status_code == 404


def test_while_it_is_computed_the_page_says_so_to_everybody(plan, officer, client_as):
    start_computing(plan, officer)
    page = reverse("planning:unit-plan", args=[plan.pk])
    assert 'class="job"' in client_as(OFFICE, "officer").get(page).content.decode()
    told = client_as(OFFICE, "auditor").get(page).content.decode()
    assert "正在测算" in told
    assert "同事提交的" in told
    assert 'class="job"' not in told


def test_a_unit_without_a_shape_is_told(plan, officer):
    plan.unit.plan.units.update(geometry=None)
    with pytest.raises(InputFault, match="单元没有范围"):
        compute(plan.pk, officer, str)


def test_a_fault_of_the_form_found_only_now_is_told_in_words(plan, officer):
    circle = [{**row, "after": ["乙" if row["id"] == "甲" else "甲"]} for row in plan.filled["projects"]]
    plan.filled["projects"] = circle
    plan.save()
    with pytest.raises(InputFault, match="项目 甲、乙 互为前置"):
        compute(plan.pk, officer, str)
