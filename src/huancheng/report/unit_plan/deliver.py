"""Everything a unit plan hands out: papers, maps, GeoPackage, tables, in one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huancheng.city.snapshot import Snapshot
from huancheng.planning.tables import new_folder
from huancheng.planning.unit_plan import UnitPlan, unit_plan_document, write_unit_plan
from huancheng.policy.book import PolicyBook
from huancheng.report.options import ReportOptions
from huancheng.report.unit_plan.compose import compose_document
from huancheng.report.unit_plan.maps import unit_maps
from huancheng.report.writers.docx import write_docx
from huancheng.report.writers.pdf import write_pdf


@dataclass(frozen=True, slots=True)
class UnitPlanFiles:
    """Where the pieces lie."""

    folder: Path
    document: dict[str, Any]
    docx: Path
    pdf: Path
    maps: tuple[Path, ...]


def write_unit_plan_report(
    snapshot: Snapshot, plan: UnitPlan, book: PolicyBook, folder: Path, options: ReportOptions | None = None
) -> UnitPlanFiles:
    """Write the folder of a unit plan.

    Parameters
    ----------
    snapshot, plan, book
        City, plan, law.
    folder
        New or empty folder.
    options
        Who compiles it; map-approval number.

    Raises
    ------
    huancheng.evidence.InputFault
        If the folder holds files.
    """
    options = options or ReportOptions()
    new_folder(folder)
    (folder / "maps").mkdir()
    maps = unit_maps(snapshot, plan, options.approval)
    for one in maps:
        (folder / one.file).write_bytes(one.image)
    document = unit_plan_document(plan, snapshot, book)
    write_unit_plan(plan, document, folder)
    paper = compose_document(snapshot, plan, maps, options)
    write_docx(paper, folder / "unit_plan.docx")
    write_pdf(paper, folder / "unit_plan.pdf")
    return UnitPlanFiles(
        folder, document, folder / "unit_plan.docx", folder / "unit_plan.pdf", tuple(folder / one.file for one in maps)
    )
