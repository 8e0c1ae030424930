"""Everything a special plan hands out: papers, maps, GeoPackage, tables, in one folder."""

from __future__ import annotations

from pathlib import Path

from huancheng.city.snapshot import Snapshot
from huancheng.planning.special_plan import SpecialPlan, special_plan_document, write_special_plan
from huancheng.planning.tables import new_folder
from huancheng.policy.book import PolicyBook
from huancheng.report.options import ReportOptions
from huancheng.report.plan_papers import PlanFiles, write_maps, write_paper
from huancheng.report.special_plan.compose import compose_document
from huancheng.report.special_plan.maps import special_maps


def write_special_plan_report(
    snapshot: Snapshot, plan: SpecialPlan, book: PolicyBook, folder: Path, options: ReportOptions | None = None
) -> PlanFiles:
    """Write the folder of a special plan; one that is blocked is written too, and says on its first page why.

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
    maps = special_maps(snapshot, plan, options.approval)
    drawn = write_maps(maps, folder)
    document = special_plan_document(plan, snapshot, book)
    write_special_plan(plan, document, folder, snapshot.crs)
    docx, pdf = write_paper(compose_document(snapshot, plan, maps, options), folder, "special_plan")
    return PlanFiles(folder, document, docx, pdf, drawn)
