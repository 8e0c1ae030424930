"""Writing a result folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from huancheng.evidence import InputFault
from huancheng.units.certificate.document import certificate_document
from huancheng.units.certificate.drawing import UnitDrawing
from huancheng.units.certificate.geopackage import write_geopackage
from huancheng.units.certificate.report import report_text
from huancheng.units.certificate.tables import (
    as_csv,
    assignment_table,
    audit_table,
    blocks_table,
    borders_table,
    links_table,
)

CERTIFICATE = "units.json"


def write_units(drawing: UnitDrawing, folder: Path, *, beside: Mapping[str, bytes] | None = None) -> Path:
    """Write a plan with its certificate; the same plan gives the same bytes.

    Parameters
    ----------
    drawing
        The plan.
    folder
        New or empty folder: `units.json` (certificate), `assignment.csv`, `units.gpkg`, `audit.csv`, `borders.csv`,
        `blocks.csv`, `links.csv`, `report.md`.
    beside
        Further files by name that the certificate vouches for: the account of an import, units as they were drawn.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    InputFault
        If the folder holds files.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputFault("the folder holds files", file=str(folder), cure="name a new or an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    borders, audit = borders_table(drawing), audit_table(drawing)
    for name, table in (
        ("assignment.csv", assignment_table(drawing)), ("blocks.csv", blocks_table(drawing)),
        ("links.csv", links_table(drawing)), ("borders.csv", borders), ("audit.csv", audit),
    ):  # fmt: skip
        (folder / name).write_bytes(as_csv(table))
    write_geopackage(drawing, borders, folder / "units.gpkg")
    (folder / "report.md").write_bytes(report_text(drawing, audit).encode("utf-8"))
    for name, content in (beside or {}).items():
        (folder / name).write_bytes(content)
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
    document = json.dumps(certificate_document(drawing, files), ensure_ascii=False, indent=1)
    (folder / CERTIFICATE).write_bytes((document + "\n").encode("utf-8"))
    return folder
