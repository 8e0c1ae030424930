"""A town of one street as the city of a special plan in force, with a unit in its west; and its form, filled in."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import shapely
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Subject
from huancheng.platform.planning.models import Alternative, PlanRecord, RenewalUnit, SpecialPlan
from tests.planning import street_town
from tests.planning.filled_form import fill
from tests.platform.planning.making import a_checkup, a_plan, a_record

WEST = "W"
PLAN = "示政复〔2025〕6号"


@cache
def town_folder() -> Path:
    """The town's snapshot, written once."""
    folder = Path(mkdtemp()) / "snapshot"
    street_town.build(folder)
    return folder


def a_town_unit(officer: Acting, jurisdiction: str = "linhe") -> RenewalUnit:
    """Make the town's western unit in a special plan in force, which cites two upper plans that cover it."""
    plan = a_plan(officer, jurisdiction)
    plan.checkup = a_checkup(digest=f"{plan.pk:064d}")
    held = Path(settings.SNAPSHOTS) / plan.checkup.snapshot
    if not held.exists():
        held.mkdir(parents=True)
        shutil.copytree(town_folder(), held / "snapshot")
    plan.state = SpecialPlan.State.ADOPTED
    plan.save()
    plan.upper_plans.set([a_record("master", west=116.5), a_record("regulatory", jurisdiction, west=116.5)])
    PlanRecord.objects.create(
        kind="special", jurisdiction=jurisdiction, title=plan.title, state="approved", number=PLAN
    )
    alternative = Alternative.objects.create(plan=plan, title="方案一", source=Alternative.Source.DRAWN, adopted=True)
    units = street_town.areas().to_crs("EPSG:4490")
    made = [_unit(plan, alternative, row["id"], row["name"], row.geometry) for _, row in units.iterrows()]
    return next(unit for unit in made if unit.number == WEST)


def _unit(plan: SpecialPlan, alternative: Alternative, number: str, name: str, shape: shapely.Geometry) -> RenewalUnit:
    subject = Subject.objects.create(
        kind="unit", key=f"{plan.pk}-{number}", title=f"{plan.subject.title}{name}", jurisdiction=plan.jurisdiction
    )
    west, south, east, north = shape.bounds
    return RenewalUnit.objects.create(
        plan=plan, alternative=alternative, subject=subject, jurisdiction=plan.jurisdiction, number=number, name=name,
        geometry=shapely.to_wkb(shape), west=west, south=south, east=east, north=north,
        figures={"unit": number, "area": float(300_000)},
    )  # fmt: skip


def a_form(folder: Path, **changes: object) -> bytes:
    """Return the form of the western unit, filled in as an office would; `changes` as `filled_form.fill` takes them."""
    path = Path(mkdtemp(dir=folder)) / "form.xlsx"
    return fill(path, **changes).read_bytes()


def as_upload(content: bytes, name: str = "单元规划表.xlsx") -> SimpleUploadedFile:
    """Return a file as a browser sends it."""
    return SimpleUploadedFile(name, content, "application/octet-stream")
