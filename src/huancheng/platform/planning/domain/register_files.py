"""The register as the planning room reads it: plans, the bureau's opinions, coverages, as files in a folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from huancheng.platform.planning.domain.register import PlanData
from huancheng.platform.planning.models import BureauOpinion, PlanRecord

REGISTER = "register.yaml"
GEOGRAPHIC = "EPSG:4490"
REGISTERED = ("kind", "title", "state", "number", "approved_on", "evaluated_on", "evaluate_by", "trigger")
"""What the room's register asks of a plan, beside its id, place and layer."""


def write_register(
    folder: Path, records: Iterable[PlanRecord], opinions: Sequence[BureauOpinion], *, subject: str, jurisdiction: str
) -> str:
    """Write plans and the opinions on one subject; returns the name of the file.

    Parameters
    ----------
    folder
        Where.
    records
        The plans, with their coverages.
    opinions
        On the subject.
    subject
        What the room calls it.
    jurisdiction
        Where plans of a place bind; empty to let them bind wherever they are cited.
    """
    rows = [_record(record, folder, jurisdiction) for record in records]
    ids = {row["id"] for row in rows}
    told = [
        {
            "subject": subject, "plan": str(item.plan_id) if item.plan_id else "", "conclusion": item.conclusion,
            "number": item.number, "given_on": item.given_on.isoformat(), "says": item.says,
        }
        for item in opinions if item.plan_id is None or str(item.plan_id) in ids
    ]  # fmt: skip
    (folder / REGISTER).write_text(json.dumps({"plans": rows, "opinions": told}, ensure_ascii=False), "utf-8")
    return REGISTER


def _record(record: PlanRecord, folder: Path, jurisdiction: str) -> dict[str, Any]:
    told = PlanData.of(record).told()
    row = {name: told[name] for name in REGISTERED if told[name]}
    layer = _write_coverage(record, folder)
    return {**row, "id": str(record.pk), "jurisdiction": jurisdiction if record.jurisdiction else "", "layer": layer}


def _write_coverage(record: PlanRecord, folder: Path) -> str:
    if record.geometry is None:
        return ""
    import geopandas as gpd
    import shapely

    name = f"coverage-{record.pk}.gpkg"
    shape = shapely.from_wkb(bytes(record.geometry))
    gpd.GeoDataFrame({"name": [record.title]}, geometry=[shape], crs=GEOGRAPHIC).to_file(folder / name, driver="GPKG")
    return name
