"""Everything a check-up hands out: report, annexes, maps and GeoPackage in one folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from huancheng.city.snapshot import Snapshot
from huancheng.report.checkup.atlas import indicator_maps, overview_map
from huancheng.report.checkup.compose import compose
from huancheng.report.checkup.material import Material
from huancheng.report.checkup.workbooks import write_workbooks
from huancheng.report.drawing.ground import Ground
from huancheng.report.geopackage import write_geopackage
from huancheng.report.options import ReportOptions
from huancheng.report.results import SystemResults
from huancheng.report.writers.docx import write_docx
from huancheng.report.writers.pdf import write_pdf


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Where the pieces lie."""

    docx: Path
    pdf: Path
    workbooks: tuple[Path, ...]
    maps: tuple[Path, ...]
    geopackage: Path


def write_report(
    snapshot: Snapshot,
    systems: Sequence[SystemResults],
    out: Path,
    options: ReportOptions | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> ReportFiles:
    """Write report, annexes, maps and GeoPackage; the same results give the same bytes (the GeoPackage excepted).

    Parameters
    ----------
    snapshot
        The city that was checked up.
    systems
        Results of each run, in the report's order.
    out
        Folder to write into; made if absent.
    options
        What the office decided.
    say
        Told what is being done, for a progress display.

    Raises
    ------
    huancheng.evidence.InputFault
        If a run is of another snapshot.
    """
    options = options or ReportOptions()
    (out / "maps").mkdir(parents=True, exist_ok=True)
    say("maps")
    ground = Ground(snapshot)
    maps = {key: drawn for item in systems for key, drawn in indicator_maps(ground, item, options.approval).items()}
    material = Material(snapshot, tuple(systems), options, overview_map(ground, options.approval), maps)
    drawn = [material.overview, *(one for several in maps.values() for one in several)]
    for one in drawn:
        (out / one.file).write_bytes(one.image)
    say("report")
    document = compose(material)
    write_docx(document, out / "report.docx")
    write_pdf(document, out / "report.pdf")
    say("annexes")
    workbooks = write_workbooks(material, out / "annexes")
    say("GeoPackage")
    geopackage = write_geopackage(snapshot, systems, out / "city.gpkg", internal=options.internal)
    return ReportFiles(
        out / "report.docx", out / "report.pdf", tuple(workbooks), tuple(out / one.file for one in drawn), geopackage
    )
