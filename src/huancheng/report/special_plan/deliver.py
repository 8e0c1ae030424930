"""Everything a special plan hands out: papers, maps, GeoPackage, tables, in one folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huancheng.city.snapshot import Snapshot
from huancheng.planning.special_plan import SpecialPlan, special_plan_document, write_special_plan
from huancheng.planning.tables import new_folder
from huancheng.policy.book import PolicyBook
from huancheng.report.options import ReportOptions
from huancheng.report.special_plan.compose import compose_document
from huancheng.report.special_plan.maps import special_maps
from huancheng.report.writers.docx import write_docx
from huancheng.report.writers.pdf import write_pdf


@dataclass(frozen=True, slots=True)
class SpecialPlanFiles:
    """Where the pieces lie."""

    folder: Path
    document: dict[str, Any]
    docx: Path
    pdf: Path


def write_special_plan_report(
    snapshot: Snapshot, plan: SpecialPlan, book: PolicyBook, folder: Path, options: ReportOptions | None = None
) -> SpecialPlanFiles:
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
    (folder / "maps").mkdir()
    maps = special_maps(snapshot, plan, options.approval)
    for one in maps:
        (folder / one.file).write_bytes(one.image)
    document = special_plan_document(plan, snapshot, book)
    write_special_plan(plan, document, folder, snapshot.crs)
    paper = compose_document(snapshot, plan, maps, options)
    write_docx(paper, folder / "special_plan.docx")
    write_pdf(paper, folder / "special_plan.pdf")
    return SpecialPlanFiles(folder, document, folder / "special_plan.docx", folder / "special_plan.pdf")
