"""`huancheng planning fragments`: corner, enclosed and interlocked land beside projects."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click


@click.command()
@click.argument("directory", metavar="SNAPSHOT")
@click.option(
    "--projects",
    "projects_file",
    required=True,
    type=click.Path(path_type=Path),
    help="Ground of the projects: polygons with `id`, or a table of `project,parcel`.",
)
@click.option("--facts", "facts_file", type=click.Path(path_type=Path), help="JSON or YAML file of facts.")
@click.option("--pack", default="liaocheng-2023", show_default=True, metavar="NAME", help="Pack, by name or folder.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day of the law; by default its latest change.")
@click.option("--out", type=click.Path(path_type=Path), help="GeoPackage of the fragments to write.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def fragments(
    directory: str,
    *,
    projects_file: Path,
    facts_file: Path | None,
    pack: str,
    as_of: datetime | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Find fragments of land (边角地、夹心地、插花地) beside projects, and what the pack lets be done with them."""
    from huancheng.city.snapshot import Snapshot
    from huancheng.evidence import InputFault
    from huancheng.policy.book import load_book
    from huancheng.policy.pack.strict_yaml import read_yaml
    from huancheng.units.fragments import find_fragments
    from huancheng.units.fragments.projects import read_projects

    city = Snapshot(directory)
    if not city.has("parcels"):
        raise InputFault("the snapshot holds no parcels", file=directory, cure="add the layer `parcels`")
    parcels = city.layer("parcels")
    facts = read_yaml(facts_file.read_text(encoding="utf-8-sig"), file=facts_file.name).value if facts_file else {}
    if not isinstance(facts, dict):
        raise InputFault("the fact file holds no mapping", file=str(facts_file), cure="write fact: value pairs")
    projects = read_projects(projects_file, parcels)
    day = as_of.date() if as_of else None
    found = find_fragments(parcels, projects, load_book(pack), facts=facts.get("facts", facts), as_of=day)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        found.frame.to_file(out, layer="fragments", driver="GPKG")
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False))
        return
    for item, row in zip(found.fragments, found.frame.itertuples(), strict=True):
        click.echo(f"{item.parcel} {item.kind.term} → {item.project}：{item.rule}")
        click.echo(f"  累计占项目{item.share:.1%}　整合：{row.merge}　供地：{row.supply}")
    click.echo(f"零星土地 {len(found.fragments)} 宗；与项目相邻的小地块共 {found.looked_at} 宗")
    for figure in found.rules.figures():
        click.echo(f"  {figure.title} {figure.said}（{figure.basis.value}，{figure.certainty.value}）")
