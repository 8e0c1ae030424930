"""A special plan as a paper: laid out for the report's rooms, composed, and kept beside the plan."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.checkups.domain.folders import run_folder
from huancheng.platform.common import clock
from huancheng.platform.files.domain.store import Taken, take_in
from huancheng.platform.planning.domain.drawing import snapshot_of
from huancheng.platform.planning.domain.goals import goals_of
from huancheng.platform.planning.domain.register_files import GEOGRAPHIC, write_register
from huancheng.platform.planning.domain.unit_folders import unit_folder
from huancheng.platform.planning.models import PlanDocument, SpecialPlan
from huancheng.platform.planning.queries.agreement import opinions_on
from huancheng.platform.planning.queries.places import place_of

INPUT, AREAS = "plan.yaml", "key_areas.gpkg"


def make_documents(plan: int, acting: Acting, say: Callable[[str], None]) -> list[PlanDocument]:
    """Compose docx and PDF of a special plan with its maps and keep them; one that is blocked says so itself.

    Parameters
    ----------
    plan
        Its id.
    acting
        Who asks for them.
    say
        Is told how far it is.

    Raises
    ------
    InputFault
        If it cites no check-up, or the snapshot or run it rests on is not here.
    """
    from huancheng.planning.special_plan import compose_special_plan, read_input
    from huancheng.report.options import ReportOptions
    from huancheng.report.special_plan import write_special_plan_report

    row = SpecialPlan.objects.select_related("checkup").get(pk=plan)
    snapshot, book = snapshot_of(row), current_book()
    organisation = organisation_of(acting)
    with tempfile.TemporaryDirectory(prefix="huancheng-plan-") as name:
        folder = Path(name)
        say(_("正在整理规划内容"))
        composed = compose_special_plan(snapshot, book, read_input(lay_out(row, folder)))
        say(_("正在生成文本和图件"))
        made = write_special_plan_report(
            snapshot, composed, book, folder / "report", ReportOptions(organisation=organisation)
        )
        title = _("%(title)s（第%(version)d版）") % {"title": row.title, "version": row.version}
        taken = [take_file(path, f"{title}{path.suffix}") for path in (made.docx, made.pdf)]
    return keep_documents(row, acting, taken)


def organisation_of(acting: Acting) -> str:
    """Return the name of the body that signs what somebody asks for."""
    return Body.objects.filter(pk=acting.body or 0).values_list("name", flat=True).first() or ""


def keep_documents(plan: SpecialPlan, acting: Acting, taken: Iterable[Taken]) -> list[PlanDocument]:
    """Keep papers made of an edition of a plan."""
    with transaction.atomic():
        held = SpecialPlan.objects.select_for_update().get(pk=plan.pk)
        kept = [
            PlanDocument.objects.create(
                plan=held, stored=item.stored, name=item.name[:200], edition=plan.edition, made_at=clock.now()
            )
            for item in taken
        ]
        append(held.stream, "special_plan.document", acting, {"edition": plan.edition, "files": len(kept)})
    return kept


def lay_out(plan: SpecialPlan, folder: Path) -> Path:
    """Write a plan as the files the planning room reads; returns the file to begin with.

    Parameters
    ----------
    plan
        With its check-up.
    folder
        An empty folder.

    Raises
    ------
    InputFault
        If the run it cites is not here.
    """
    place = place_of(plan.jurisdiction)
    alternatives = [item for item in plan.alternatives.all() if item.digest]
    words: dict[str, Any] = {
        "title": plan.title,
        "jurisdiction": "central" if place is not None and place.central else plan.jurisdiction,
        "overall_goal": plan.direction,
        "strategies": [line.strip() for line in plan.strategy.splitlines() if line.strip()],
        "key_areas": _write_areas(plan, folder),
        "checkups": [str(_run_of(plan))],
        "register": write_register(
            folder,
            plan.upper_plans.all(),
            opinions_on("special_plan", plan.pk),
            subject=plan.title,
            jurisdiction="" if place is not None and place.central else plan.jurisdiction,
        ),
        "alternatives": [{"title": item.title, "folder": str(unit_folder(item.digest))} for item in alternatives],
        "adopted": next((item.title for item in alternatives if item.adopted), ""),
        "goals": _goals(plan),
    }
    path = folder / INPUT
    path.write_text(json.dumps(words, ensure_ascii=False), "utf-8")
    return path


def _run_of(plan: SpecialPlan) -> Path:
    found = run_folder(plan.checkup.digest) if plan.checkup else None
    if found is None or not found.is_dir():
        raise InputFault(_("引用的体检成果没有载入"), field="basis", cure=_("请专班办重新载入这次体检"))
    return found


def _goals(plan: SpecialPlan) -> list[dict[str, str]]:
    """Return one goal for each indicator: the report answers a finding of the city once, its parts with it."""
    by_indicator: dict[str, list[tuple[str, int | None]]] = {}
    for goal in goals_of(plan.goals):
        by_indicator.setdefault(goal.indicator, []).append((f"{goal.scope}：{goal.goal}", goal.by))
    return [
        {
            "indicator": indicator,
            "goal": "；".join(words for words, _by in said),
            "target": "、".join(sorted({f"{by}年" for _words, by in said if by})),
        }
        for indicator, said in by_indicator.items()
    ]


def _write_areas(plan: SpecialPlan, folder: Path) -> str:
    areas = [area for area in plan.key_areas.all() if area.geometry is not None]
    if not areas:
        return ""
    import geopandas as gpd
    import shapely

    shapes = [shapely.from_wkb(bytes(area.geometry or b"")) for area in areas]
    data = {"name": [area.name for area in areas], "direction": [area.direction for area in areas]}
    gpd.GeoDataFrame(data, geometry=shapes, crs=GEOGRAPHIC).to_file(folder / AREAS, layer="key_areas", driver="GPKG")
    return AREAS


def take_file(path: Path, name: str) -> Taken:
    """Take a file of a folder into the store under a name."""
    with path.open("rb") as source:
        return take_in(source, name)
