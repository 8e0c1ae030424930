"""`huancheng units blocks`: blocks out of a city."""

from __future__ import annotations

import json
from pathlib import Path

import click

from huancheng.cli.units.beside import options_beside


@click.command()
@click.argument("directory", metavar="SNAPSHOT")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the blocks; new or empty.")
@click.option(
    "--scope",
    type=click.Choice(["built_up_area", "central_city", "development_boundary", "boundary", "streets"]),
    help="Ground to cut; without it the built-up area or the boundary. streets: what they enclose.",
)
@options_beside
@click.option("--keep-carriageways", is_flag=True, help="Collapse nothing: every median and island stays a face.")
@click.option("--parcel-tolerance", type=click.FloatRange(min=0), help="Metres within which streets follow parcels.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def blocks(
    directory: str,
    *,
    out: Path,
    scope: str | None,
    keep_carriageways: bool,
    parcel_tolerance: float | None,
    as_json: bool,
    **beside: Path | None,
) -> None:
    """Cut a city into blocks, with their figures, borders and the account of the ground."""
    from rich.console import Console

    from huancheng.city.snapshot import Snapshot
    from huancheng.units.blocks import UnitBlockOptions
    from huancheng.units.blocks.beside import cut_city
    from huancheng.units.blocks.folder import write_blocks
    from huancheng.units.drawing.beside import read_beside

    given = {"scope": scope, "parcel_tolerance": parcel_tolerance, "collapse": False if keep_carriageways else None}
    options = UnitBlockOptions.model_validate({name: value for name, value in given.items() if value is not None})
    with Console(stderr=True).status("cutting blocks"):
        city = Snapshot(directory)
        layers, _ = read_beside(city, beside)
        made = cut_city(city, options, layers)
        write_blocks(made, out)
    counts = made.report.counts()
    if as_json:
        click.echo(json.dumps({"blocks": str(out), "counts": counts, "imbalance": made.report.imbalance}))
        return
    for name, count in counts.items():
        click.echo(f"{name.replace('_', ' '):24} {count:>9,}")
    click.echo(f"area in against area out: {made.report.imbalance:.1e}\nblocks in {out}")
