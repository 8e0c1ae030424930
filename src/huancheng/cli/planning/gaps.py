"""`huancheng planning gaps`: completeness of facilities by unit, estate or block."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("directory", metavar="SNAPSHOT")
@click.option(
    "--areas", default="estates", show_default=True, metavar="WHAT",
    help="estates, blocks, parcels, managed_areas, a folder of drawn units, or a file of polygons.",
)  # fmt: skip
@click.option("--pack", default="national", show_default=True, metavar="NAME", help="Pack to read the standards from.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the tables; new or empty.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def gaps(directory: str, areas: str, pack: str, out: Path, as_json: bool) -> None:
    """Measure, on the streets, who lives beyond the walking limit, and what closing each gap would take."""
    from rich.console import Console

    from huancheng.city.snapshot import Snapshot
    from huancheng.planning.areas import read_areas
    from huancheng.planning.completeness import measure_completeness
    from huancheng.planning.completeness.folder import write_completeness
    from huancheng.policy.book import load_book

    city, book = Snapshot(directory), load_book(pack)
    with Console(stderr=True).status("walking from every home"):
        found = measure_completeness(city, read_areas(areas, city), book)
        document = write_completeness(found, city, book, out)
    if as_json:
        click.echo(json.dumps({"folder": str(out), **document}, ensure_ascii=False))
        return
    for item in document["types"]:
        click.echo(_line(item))
    click.echo(f"{document['areas']} 个范围，{document['shared_facilities']} 处共享设施；结果在 {out}")


def _line(item: dict[str, Any]) -> str:
    head = f"{item['title']}（步行 {item['walk']:g} 米）"
    if item["state"] != "known":
        return f"{head}：{item['note']}"
    share = item["beyond"] / item["residents"] if item["residents"] else 0.0
    return f"{head}：{item['beyond']:,.0f} 人超出（{share:.1%}），{item['areas_with_a_gap']} 个范围有缺口"
