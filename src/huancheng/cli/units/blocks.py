"""`huancheng units blocks`: blocks out of a city."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("directory", metavar="SNAPSHOT")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the blocks; new or empty.")
@click.option(
    "--scope",
    type=click.Choice(["built_up_area", "central_city", "development_boundary", "boundary", "streets"]),
    help="Ground to cut; without it the built-up area or the boundary. streets: what they enclose.",
)
@click.option("--bridges", type=click.Path(path_type=Path), help="Declared links over water or rail, as lines.")
@click.option("--problems", type=click.Path(path_type=Path), help="Table of problems with `problem_type` and a place.")
@click.option("--price-zones", type=click.Path(path_type=Path), help="Polygons with `name`.")
@click.option("--plan-units", type=click.Path(path_type=Path), help="Polygons with `name`.")
@click.option("--keep-carriageways", is_flag=True, help="Collapse nothing: every median and island stays a face.")
@click.option("--parcel-tolerance", type=click.FloatRange(min=0), help="Metres within which streets follow parcels.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def blocks(
    directory: str,
    *,
    out: Path,
    scope: str | None,
    bridges: Path | None,
    problems: Path | None,
    price_zones: Path | None,
    plan_units: Path | None,
    keep_carriageways: bool,
    parcel_tolerance: float | None,
    as_json: bool,
) -> None:
    """Cut a city into blocks, with their figures, borders and the account of the ground."""
    from rich.console import Console

    from huancheng.city.snapshot import Snapshot
    from huancheng.units.attributes import tables_of_snapshot
    from huancheng.units.blocks import UnitBlockOptions, build_blocks, layers_of_snapshot
    from huancheng.units.blocks.folder import write_blocks
    from huancheng.units.drawn.reading import read_given

    given = {"scope": scope, "parcel_tolerance": parcel_tolerance, "collapse": False if keep_carriageways else None}
    options = UnitBlockOptions.model_validate({name: value for name, value in given.items() if value is not None})
    with Console(stderr=True).status("cutting blocks"):
        city = Snapshot(directory)
        layers = layers_of_snapshot(city, options, read_given(bridges, city.crs) if bridges else None)
        tables = tables_of_snapshot(
            city, problems=read_given(problems, city.crs, column="problem_type") if problems else None,
            plan_units=read_given(plan_units, city.crs, column="name") if plan_units else None,
            price_zones=read_given(price_zones, city.crs, column="name") if price_zones else None,
        )  # fmt: skip
        made = build_blocks(layers, options, tables=tables)
        write_blocks(made, out)
    counts = made.report.counts()
    if as_json:
        click.echo(json.dumps({"blocks": str(out), "counts": counts, "imbalance": made.report.imbalance}))
        return
    for name, count in counts.items():
        click.echo(f"{name.replace('_', ' '):24} {count:>9,}")
    click.echo(f"area in against area out: {made.report.imbalance:.1e}\nblocks in {out}")
