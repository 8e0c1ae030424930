"""`huancheng units import`: units drawn by a planning institute, under the same audit as computed ones."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command("import")
@click.argument("drawing", type=click.Path(path_type=Path))
@click.option("--snapshot", required=True, type=click.Path(path_type=Path), help="City snapshot.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New folder of the result.")
@click.option("--keep", is_flag=True, help="Keep units as drawn and cut blocks along them; else snap.")
@click.option("--layer", metavar="NAME", help="Layer of the file, where it holds several.")
@click.option("--crs", metavar="EPSG:…", help="CRS of the file, where it names none (DXF).")
@click.option("--name", metavar="COLUMN", help="Column of the units' names.")
@click.option("--pack", default="liaocheng-2023", show_default=True, metavar="NAME", help="Pack of the rules.")
@click.option("--profile", default="standard", show_default=True, metavar="ID", help="Rule profile of the pack.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def import_units(
    drawing: Path,
    *,
    snapshot: Path,
    out: Path,
    keep: bool,
    layer: str | None,
    crs: str | None,
    name: str | None,
    pack: str,
    profile: str,
    as_json: bool,
) -> int:
    """Read the units of DRAWING (shp, gpkg, dxf, …), bring them onto the city's blocks and audit them."""
    from rich.console import Console

    from huancheng.city.snapshot import Snapshot
    from huancheng.policy.book import load_book
    from huancheng.units.certificate import write_units
    from huancheng.units.drawing import DrawOptions
    from huancheng.units.drawn import read_drawn
    from huancheng.units.drawn.certifying import certify_plan

    city = Snapshot(snapshot)
    with Console(stderr=True).status("") as status:
        plan = read_drawn(drawing, city.crs, layer=layer, source_crs=crs, name=name)
        options = DrawOptions(profile)
        drawn, fitted = certify_plan(plan, drawing, city, load_book(pack), options, keep=keep, say=status.update)
        write_units(drawn, out, beside=fitted.files())
    if as_json:
        document = {"units": str(out), "holds": drawn.holds, **fitted.account.as_dict()}
        click.echo(json.dumps(document, ensure_ascii=False))
        return 0 if drawn.holds else 1
    for change in fitted.account.changes:
        click.echo(
            f"{change.unit}：划定 {change.drawn / 1e4:.2f} 公顷，落位 {change.fitted / 1e4:.2f} 公顷，"
            f"增 {change.gained / 1e4:.2f}，减 {change.lost / 1e4:.2f}（其中街区外 {change.outside / 1e4:.2f}）"
        )
    found = fitted.account
    counts = f"重叠 {len(found.overlaps)} 处，空隙 {len(found.gaps)} 处，切分街区 {len(found.cut_blocks)} 个"
    click.echo(f"{counts}；详见 import.json")
    click.echo(str(out))
    return 0 if drawn.holds else 1
