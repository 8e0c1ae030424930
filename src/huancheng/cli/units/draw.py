"""`huancheng units draw`: from a snapshot and a rule profile to units with a certificate."""

from __future__ import annotations

from pathlib import Path

import click

from huancheng.cli.units.beside import options_beside


@click.command()
@click.option("--snapshot", required=True, type=click.Path(path_type=Path), help="City snapshot.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New folder of the result.")
@click.option(
    "--pack", default="liaocheng-2023", show_default=True, metavar="NAME", help="Pack to read the rules from."
)
@click.option("--profile", default="standard", show_default=True, metavar="ID", help="Rule profile of the pack.")
@click.option("--compare", default="", metavar="ID", help="Profile set beside, such as many (max-p).")
@click.option("--links", type=click.Path(path_type=Path), help="CSV rule,name,block: what else belongs together.")
@click.option("--residents", type=click.Path(path_type=Path), help="CSV block,facility,residents,beyond.")
@click.option("--locks", type=click.Path(path_type=Path), help="CSV block,unit: units that stay as they are.")
@click.option(
    "--seed", default=0, show_default=True, type=click.IntRange(min=0), help="Same seed and work, same units."
)
@click.option("--work", "limit", type=click.IntRange(min=1), help="Rounds of the search; by the size of the city.")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), help="Safety stop in seconds.")
@options_beside
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def draw(
    snapshot: Path,
    *,
    out: Path,
    pack: str,
    profile: str,
    compare: str,
    links: Path | None,
    residents: Path | None,
    locks: Path | None,
    seed: int,
    limit: int | None,
    time_limit: float | None,
    as_json: bool,
    **beside: Path | None,
) -> int:
    """Draw the renewal units of a city by a rule profile, with a certificate of how good they are."""
    from rich.console import Console

    from huancheng.city.snapshot import Snapshot
    from huancheng.policy.book import load_book
    from huancheng.units.certificate import write_units
    from huancheng.units.drawing import DrawOptions, draw_units
    from huancheng.units.drawing.beside import read_beside
    from huancheng.units.drawing.tables import read_tables
    from huancheng.units.solver import Work

    tables, sources = read_tables(links=links, residents=residents, locks=locks)
    city = Snapshot(snapshot)
    layers, files = read_beside(city, beside)
    options = DrawOptions(
        profile, compare, Work(limit=limit, seed=seed, time_limit=time_limit),
        tables=tables, beside=layers, given=(*sources, *files),
    )  # fmt: skip
    with Console(stderr=True).status("") as status:
        drawing = draw_units(city, load_book(pack), options, say=status.update)
        status.update("证书 certificate")
        write_units(drawing, out)
    if as_json:
        click.echo((out / "units.json").read_text("utf-8"))
    else:
        click.echo((out / "report.md").read_text("utf-8").split("\n## ")[0].strip())
        click.echo(str(out))
    return 0 if drawing.holds else 1
