"""`huancheng city`: build, inspect, verify city snapshots."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click


@click.group()
def city() -> None:
    """Build, inspect, generate city snapshots."""


@city.command()
@click.argument("mapping", type=click.Path(path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder of the snapshot; new or empty.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder the mapping's file names are relative to.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def build(mapping: Path, out: Path, data: Path | None, as_json: bool) -> None:
    """Build a snapshot from the files a MAPPING.toml names."""
    from rich.console import Console

    from huancheng.city.build import build_city
    from huancheng.city.inspect import inspect_snapshot
    from huancheng.city.inspect.render import render_summary

    console = Console(stderr=True)
    with console.status("reading the mapping") as status:
        snapshot = build_city(mapping, out, data=data, say=status.update)
    found = inspect_snapshot(snapshot)
    if as_json:
        click.echo(json.dumps({"snapshot": str(out), **asdict(found)}, ensure_ascii=False))
    else:
        render_summary(found, Console())
        click.echo(f"snapshot in {out}; see `huancheng city inspect {out}`")


@city.command()
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for the workbook and its mapping.")
@click.option("--layer", "layers", multiple=True, help="Layer wanted, again for several; every layer without it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def template(out: Path, layers: tuple[str, ...], as_json: bool) -> None:
    """Write an empty workbook with a sheet per layer, and the mapping that reads it."""
    from huancheng.city.build.template import write_template

    workbook, mapping = write_template(out, layers)
    if as_json:
        click.echo(json.dumps({"workbook": str(workbook), "mapping": str(mapping)}, ensure_ascii=False))
    else:
        click.echo(f"{workbook}: one sheet per layer, explained on the first\n{mapping}: the mapping that reads it")


@city.command()
@click.argument("directory", metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def inspect(directory: str, as_json: bool) -> None:
    """Explain what a snapshot can and can't support."""
    from rich.console import Console

    from huancheng.city.inspect import inspect_snapshot
    from huancheng.city.inspect.render import render
    from huancheng.city.snapshot import Snapshot

    found = inspect_snapshot(Snapshot(directory))
    if as_json:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        render(found, Console())


@city.command()
@click.argument("directory", metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify(directory: str, as_json: bool) -> int:
    """Check every file of a snapshot against the manifest; exit 1 if any differs."""
    from huancheng.city.snapshot import Snapshot

    snapshot = Snapshot(directory)
    faults = snapshot.verify()
    if as_json:
        click.echo(json.dumps({"digest": snapshot.manifest.digest, "faults": faults}, ensure_ascii=False))
    else:
        click.echo("\n".join(faults) if faults else f"{directory}: every file is as the manifest says")
    return 1 if faults else 0


@city.command()
@click.argument("directory", metavar="SNAPSHOT")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Archive to write, ending in .pmtiles.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def tiles(directory: str, out: Path, as_json: bool) -> None:
    """Write the public layers as map tiles (PMTiles)."""
    from rich.console import Console

    from huancheng.city.snapshot import Snapshot
    from huancheng.report.tiles import write_tiles

    with Console(stderr=True).status("cutting tiles"):
        counts = write_tiles(Snapshot(directory), out)
    if as_json:
        click.echo(json.dumps({"tiles": str(out), "layers": [asdict(count) for count in counts]}, ensure_ascii=False))
        return
    for count in counts:
        left_out = f", {count.left_out:,} too small" if count.left_out else ""
        click.echo(f"{count.layer:24} {count.features:>9,}  zoom {count.min_zoom}-{count.max_zoom}{left_out}")
    click.echo(f"tiles in {out} ({out.stat().st_size / 1e6:.1f} MB)")


@city.command()
@click.option(
    "--size",
    required=True,
    type=click.Choice(["small", "medium", "large", "huge"]),
    help="About 2 k, 30 k, 300 k, 1 M buildings.",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(min=0),
    help="The same size and seed give the same bytes.",
)
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder of the snapshot; new or empty.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def generate(size: str, seed: int, out: Path, as_json: bool) -> None:
    """Generate 示例市, a fictional city, with its planted problems in truth.json."""
    from rich.console import Console

    from huancheng.city.generate import generate_city

    with Console(stderr=True).status(f"laying out a {size} city, seed {seed}"):
        made = generate_city(size, seed, out)
    counts = {name: record.count for name, record in made.snapshot.manifest.layers.items()}
    if as_json:
        digest = made.snapshot.manifest.digest
        document = {"snapshot": str(out), "truth": str(made.truth), "digest": digest, "layers": counts}
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    shown = ", ".join(f"{counts[name]:,} {name}" for name in ("buildings", "streets", "estates"))
    click.echo(f"示例市 ({size}, seed {seed}), fictional: {shown}")
    click.echo(f"snapshot in {out}, planted problems in {made.truth}")
