"""Everything a unit plan hands out: papers, maps, GeoPackage, tables, in one folder."""

from __future__ import annotations

from pathlib import Path

from huancheng.city.snapshot import Snapshot
from huancheng.planning.tables import new_folder
from huancheng.planning.unit_plan import UnitPlan, unit_plan_document, write_unit_plan
from huancheng.policy.book import PolicyBook
from huancheng.report.options import ReportOptions
from huancheng.report.plan_papers import PlanFiles, write_maps, write_paper
from huancheng.report.unit_plan.compose import compose_document
from huancheng.report.unit_plan.maps import unit_maps


def write_unit_plan_report(
    snapshot: Snapshot, plan: UnitPlan, book: PolicyBook, folder: Path, options: ReportOptions | None = None
) -> PlanFiles:
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
    maps = unit_maps(snapshot, plan, options.approval)
    drawn = write_maps(maps, folder)
    document = unit_plan_document(plan, snapshot, book)
    write_unit_plan(plan, document, folder)
    docx, pdf = write_paper(compose_document(snapshot, plan, maps, options), folder, "unit_plan")
    return PlanFiles(folder, document, docx, pdf, drawn)
