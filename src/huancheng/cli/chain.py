"""`huancheng chain`: the whole analysis in one call, from a city's files to the report."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import click

if TYPE_CHECKING:
    from rich.console import Console

    from huancheng.chain import City, Headline, Step
    from huancheng.checkup import CheckupRun
    from huancheng.city.snapshot import Snapshot
    from huancheng.report.options import ReportOptions

_SYSTEMS = "national-2022,national-2023"
_PIECES = {
    "report.docx": "报告（docx）",
    "report.pdf": "报告（pdf）",
    "annexes": "附件（xlsx）",
    "maps": "地图（png）",
    "city.gpkg": "QGIS 数据（GeoPackage）",
    "city.pmtiles": "地图瓦片（PMTiles）",
    "checkup": "数值库",
    "snapshot": "城市快照",
}
"""What a chain leaves in its folder, and its name as printed."""


@dataclass(frozen=True)
class _Order:
    """What was asked for."""

    city: City
    systems: tuple[str, ...]
    pack: str
    out: Path
    options: ReportOptions


@dataclass(frozen=True)
class _Done:
    """What there is to tell at the end."""

    headline: Headline
    steps: tuple[Step, ...]
    files: dict[str, Path]


@click.command()
@click.option("--mapping", type=click.Path(path_type=Path), help="Build the city from the files this mapping names.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder the mapping's paths are relative to.")
@click.option(
    "--generate", type=click.Choice(["small", "medium", "large", "huge"]), help="Generate 示例市 of this size."
)
@click.option("--seed", default=1, show_default=True, help="Seed of the generated city.")
@click.option("--snapshot", "ready", type=click.Path(path_type=Path), help="Take a snapshot that is there.")
@click.option(
    "--systems", default=_SYSTEMS, show_default=True, metavar="NAMES", help="Indicator systems, separated by commas."
)
@click.option("--pack", default="national", show_default=True, metavar="NAME", help="Pack to read the law from.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for everything that is made.")
@click.option("--organisation", default="", help="Who compiles and signs the report.")
@click.option("--approval", default="", help="Map-approval number (审图号), once given.")
@click.option("--internal", is_flag=True, help="Let the GeoPackage hold layers classed internal too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def chain(
    *, mapping: Path | None, data: Path | None, generate: str | None, seed: int, ready: Path | None, systems: str,
    pack: str,
    out: Path, organisation: str, approval: str, internal: bool, as_json: bool,
) -> None:  # fmt: skip
    """Take a city from its files (or a seed) to check-ups, report, annexes, maps, tiles and a GeoPackage."""
    from rich.console import Console

    from huancheng.report.options import ReportOptions

    city = _city(mapping, data, generate, seed, ready)
    names = [name.strip() for name in systems.split(",") if name.strip()]
    if not names:
        raise click.UsageError("--systems names no indicator system")
    options = ReportOptions(organisation, approval, internal)
    console = Console(stderr=True)
    with console.status("") if console.is_terminal else _Silent() as status:
        done = _work(_Order(city, tuple(names), pack, out, options), status.update)
    if as_json:
        click.echo(json.dumps(_as_json(done), ensure_ascii=False, indent=1))
    else:
        _tell(done, Console())


class _Silent:
    """Stands in for the status line where nobody watches."""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""

    def update(self, _: str) -> None:
        """Say nothing."""


def _city(mapping: Path | None, data: Path | None, generate: str | None, seed: int, ready: Path | None) -> City:
    from huancheng.chain import Generated, Mapped, Ready
    from huancheng.city.snapshot import Snapshot

    chosen = [option for option in (mapping, generate, ready) if option is not None]
    if len(chosen) != 1:
        raise click.UsageError("name one city: --mapping FILE, --generate SIZE or --snapshot DIR")
    if mapping is not None:
        return Mapped(mapping, data)
    return Generated(generate, seed) if generate is not None else Ready(Snapshot(str(ready)))


def _work(order: _Order, say: Callable[[str], None]) -> _Done:
    from huancheng.chain import fresh_folder, headline_of, run_chain
    from huancheng.chain.folder import write_marker

    with fresh_folder(order.out) as folder:
        result = run_chain(order.city, folder, order.systems, pack=order.pack, say=say)
        steps = [*result.steps, *_outputs(result.snapshot, result.runs, folder, order.options, say)]
        headline = headline_of(result.snapshot, result.runs)
        write_marker(folder, headline.as_dict())
    files = {name: order.out / name for name in _PIECES if (order.out / name).exists()}
    return _Done(headline, tuple(steps), files)


def _outputs(
    snapshot: Snapshot, runs: Sequence[CheckupRun], folder: Path, options: ReportOptions, say: Callable[[str], None]
) -> list[Step]:
    """Write report and tiles; each is timed."""
    from huancheng.chain.analysis import Steps
    from huancheng.report.deliver import write_report
    from huancheng.report.results import read_runs
    from huancheng.report.tiles import can_write_tiles, write_tiles

    steps = Steps()
    with steps.step("report"):
        write_report(snapshot, read_runs(runs), folder, options, say)
    if can_write_tiles():
        with steps.step("tiles"):
            say("tiles")
            write_tiles(snapshot, folder / "city.pmtiles")
    else:
        click.echo("huancheng: map tiles are left out: the tiler has no build for this machine", err=True)
    return steps.done


def _as_json(done: _Done) -> dict[str, Any]:
    return {
        **done.headline.as_dict(),
        "steps": [{"name": step.name, "seconds": round(step.seconds, 2)} for step in done.steps],
        "files": {name: path.as_posix() for name, path in done.files.items()},
    }


def _tell(done: _Done, console: Console) -> None:
    """Print the headline table, the times and the paths."""
    from rich.table import Table

    headline = done.headline
    residents = f"{headline.residents:,.0f} 人" if headline.residents is not None else "人口未知"
    console.print(
        f"\n[bold]{headline.city}[/bold]　{headline.buildings:,} 栋建筑　{residents}　数据时点 {headline.as_of}\n"
    )
    for system in headline.systems:
        console.print(f"[bold]{system.title}[/bold]")
        table = Table(show_edge=False, pad_edge=False)
        table.add_column("")
        for name in ("指标", "已知", "问题"):
            table.add_column(name, justify="right")
        for group in system.groups:
            table.add_row(group.group, str(group.indicators), str(group.known), str(group.problems))
        table.add_section()
        table.add_row("合计", str(system.indicators), str(system.known), str(system.problems))
        console.print(table)
        states = f"缺数据 {system.missing} 项，不适用 {system.not_applicable} 项，已分级 {system.graded} 项"
        console.print(f"{states}，列出要素 {system.features:,} 个\n")
    for step in done.steps:
        console.print(f"  {step.seconds:6.1f} s  {step.name}")
    console.print(f"  {sum(step.seconds for step in done.steps):6.1f} s  total\n")
    for name, path in done.files.items():
        console.print(f"  {_PIECES[name]}  {path}", soft_wrap=True, highlight=False)
