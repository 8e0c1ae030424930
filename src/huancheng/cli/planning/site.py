"""`huancheng planning site`: where new facilities go."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from huancheng.planning.completeness import FacilityNorm

_STATUS = {"optimal": "已证明最优", "feasible": "可行，未证明最优", "stopped_by_time": "到时停止，未证明最优"}


@click.command()
@click.argument("directory", metavar="SNAPSHOT")
@click.option("--facility", required=True, metavar="ID", help="Type of facility, such as kindergarten.")
@click.option("--new", required=True, type=click.IntRange(min=0), help="Number of new facilities.")
@click.option("--goal", default="cover", show_default=True, type=click.Choice(["cover", "median"]), help="Serve the "
              "most residents, or make all their walks shortest.")  # fmt: skip
@click.option("--areas", metavar="WHAT", help="Areas whose residents count; the whole city without it.")
@click.option("--candidates", metavar="WHAT", help="Sites: a layer or file; parcels of fitting use without it.")
@click.option("--radius", type=click.FloatRange(min=0, min_open=True), help="Metres, in place of the standard's.")
@click.option("--capacity", type=click.FloatRange(min=0, min_open=True), help="Residents one new facility can serve.")
@click.option("--time-limit", default=60.0, show_default=True, type=click.FloatRange(min=0, min_open=True),
              help="Seconds for the proof; a safety stop.")  # fmt: skip
@click.option("--seed", default=1, show_default=True, type=click.IntRange(min=0), help="Of the search.")
@click.option("--pack", default="national", show_default=True, metavar="NAME", help="Pack to read the standards from.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the result; new or empty.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def site(
    *, directory: str, facility: str, new: int, goal: str, areas: str | None, candidates: str | None,
    radius: float | None, capacity: float | None, time_limit: float, seed: int, pack: str, out: Path, as_json: bool,
) -> None:  # fmt: skip
    """Place new facilities where they serve best; what stands already stays."""
    from huancheng.city.snapshot import Snapshot
    from huancheng.planning.areas import read_areas
    from huancheng.planning.completeness import checked_areas
    from huancheng.planning.siting import Goal, SitingWork, solve_siting
    from huancheng.planning.siting.city import SitingOrder, city_siting, default_sites
    from huancheng.planning.siting.folder import siting_document, write_siting

    city = Snapshot(directory)
    order = SitingOrder(_norm(pack, facility), new, Goal(goal), radius, capacity)
    where = checked_areas(read_areas(areas, city), city) if areas else None
    sites = checked_areas(read_areas(candidates, city), city) if candidates else default_sites(city, where)
    made = city_siting(city, order, sites, where)
    work = SitingWork(seed=seed, time_limit=time_limit)
    result = solve_siting(made.problem, work)
    document = siting_document(city, order, made, work, result)
    write_siting(document, made, result, out)
    click.echo(json.dumps({"folder": str(out), **document}, ensure_ascii=False) if as_json else _headline(document))


def _norm(pack: str, facility: str) -> FacilityNorm:
    from huancheng.evidence import InputFault
    from huancheng.planning.completeness import facility_norms
    from huancheng.policy.book import load_book

    norms = facility_norms(load_book(pack))
    for norm in norms:
        if facility in (norm.id, norm.title):
            return norm
    known = "、".join(f"{norm.id} {norm.title}" for norm in norms)
    raise InputFault(f"no standard measures {facility!r}", field="facility", cure=f"use one of: {known}")


def _headline(document: dict[str, Any]) -> str:
    head = f"{document['title']}：新增 {len(document['sites'])} 处于 {'、'.join(document['sites'])}"
    if document["goal"] == "cover":
        gain = f"步行可达居民由 {document['served_before']:,.0f} 人增至 {document['served_after']:,.0f} 人"
    else:
        gain = f"平均步行 {document['mean_walk']:,.0f} 米"
    figures = f"目标 {document['objective']:,.0f}，下界 {document['bound']:,.0f}，差距 {document['gap']:.2%}"
    claim = f"{_STATUS[document['status']]}，{figures}"
    return "\n".join((head, gain, claim, *document["binding"]))
