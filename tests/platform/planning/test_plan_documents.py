"""A special plan as docx and PDF: laid out from the register, composed by the report, kept with its edition."""

from __future__ import annotations

import io
import json
from datetime import date

import geopandas as gpd
import pytest
import shapely
from django.conf import settings
from django.urls import reverse
from docx import Document

from huancheng.checkup import run_checkup
from huancheng.city.generate import generate_city
from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.platform.checkups.domain.taking import take_run
from huancheng.platform.files.domain.store import open_stored
from huancheng.platform.planning.domain.opinions import OpinionData, record_opinion
from huancheng.platform.planning.domain.plan_documents import lay_out, make_documents
from huancheng.platform.planning.domain.special_plans import carry_findings, keep_area, set_basis
from huancheng.platform.planning.models import KeyArea, SpecialPlan
from huancheng.platform.planning.queries.plan_page import findings_for
from tests.platform.planning.making import OFFICE, a_plan, a_record

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """The small generated city, and a check-up of it."""
    folder = tmp_path_factory.mktemp("city")
    generate_city("small", 1, folder / "snapshot")
    run_checkup(Snapshot(folder / "snapshot"), "national-2023", folder / "run")
    return folder


@pytest.fixture
def officer(acting):
    return acting(OFFICE, "officer")


@pytest.fixture
def plan(officer, city, tmp_path, settings):
    """A plan of the central city with a whole basis, goals and a key area."""
    settings.SNAPSHOTS, settings.CHECKUPS = tmp_path / "snapshots", tmp_path / "checkups"
    settings.CHECKUPS.mkdir()
    run, _new = take_run(city / "run", officer)
    held = settings.SNAPSHOTS / run.snapshot
    held.mkdir(parents=True)
    (held / "snapshot").symlink_to(city / "snapshot")
    made = a_plan(officer, "wangyue")
    upper = [a_record("master", west=116), a_record("regulatory", "wangyue")]
    set_basis(made.pk, officer, checkup=run, upper=upper, expected=0)
    west, south, east, north = Snapshot(city / "snapshot").layer("boundary", []).to_crs(4490).total_bounds
    box = shapely.box(west, south, (west + east) / 2, (south + north) / 2)
    area = KeyArea(name="老城片区", direction="补短板", geometry=shapely.to_wkb(box))
    keep_area(made.pk, officer, area, expected=1)
    first = findings_for(SpecialPlan.objects.get()).values_list("key", flat=True)[:1]
    carry_findings(made.pk, officer, list(first), expected=2)
    record_opinion(
        "special_plan", made.pk, OpinionData("conditional", "示自然资函1号", date(2025, 3, 1), plan=upper[0]), officer
    )
    return SpecialPlan.objects.get()


def test_the_plan_is_laid_out_as_the_planning_room_reads_it(plan, tmp_path):
    said = json.loads(lay_out(plan, tmp_path).read_text("utf-8"))
    assert (said["jurisdiction"], said["adopted"], len(said["goals"])) == ("central", "", 1)
    register = json.loads((tmp_path / said["register"]).read_text("utf-8"))
    assert {row["kind"] for row in register["plans"]} == {"master", "regulatory"}
    assert [item["number"] for item in register["opinions"]] == ["示自然资函1号"]
    covered = [row["layer"] for row in register["plans"] if row["layer"]]
    assert len(gpd.read_file(tmp_path / covered[0])) == 1
    assert list(gpd.read_file(tmp_path / said["key_areas"])["direction"]) == ["补短板"]


@pytest.mark.requirement("5.2-1", "5.2-2")
def test_docx_and_pdf_cite_the_basis_and_are_kept_with_their_edition(plan, officer, client_as):
    said: list[str] = []
    made = make_documents(plan.pk, officer, said.append)
    assert [item.name.rpartition(".")[2] for item in made] == ["docx", "pdf"]
    assert {item.edition for item in made} == {plan.edition}
    assert len(said) == 2
    with open_stored(made[0].stored) as stream:
        paper = Document(io.BytesIO(stream.read()))
    words = "\n".join([
        *(paragraph.text for paragraph in paper.paragraphs),
        *(cell.text for table in paper.tables for row in table.rows for cell in row.cells),
    ])  # fmt: skip
    for expected in ("老城片区", "补短板", "示政复〔2024〕1号"):
        assert expected in words
    client = client_as(OFFICE, "auditor")
    page = client.get(reverse("planning:special-plan-versions", args=[plan.pk])).content.decode()
    assert made[1].name in page
    download = reverse("files:download", args=["plan-documents", made[1].pk])
    assert client.get(download).status_code == 200
    assert client_as("平野县财政局", "reviewer").get(download).status_code == 404


def test_without_the_snapshot_it_says_so(plan, officer, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path / "elsewhere"
    with pytest.raises(InputFault, match="快照没有载入"):
        make_documents(plan.pk, officer, str)


def test_without_the_run_it_says_so(plan, tmp_path):
    settings.CHECKUPS.rename(tmp_path / "moved")
    with pytest.raises(InputFault, match="体检成果没有载入"):
        lay_out(plan, tmp_path)


def test_the_page_asks_for_it_in_the_background(plan, client_as):
    answer = client_as(OFFICE, "officer").post(reverse("planning:special-plan-documents", args=[plan.pk]))
    assert answer.status_code == 302
    assert "/jobs/" in answer["Location"] or "job" in answer["Location"]
