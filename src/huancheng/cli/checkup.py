"""`huancheng checkup`: run a check-up, make the template for declared values, list problems of a city's own table."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from huancheng.checkup import CheckupRun
    from huancheng.checkup.city_table import ListedRow

_SYSTEM = click.option("--system", required=True, metavar="NAME", help="Indicator system, such as national-2023.")
_PACK = click.option("--pack", default="national", show_default=True, metavar="NAME", help="Pack to read the law from.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


@click.group()
def checkup() -> None:
    """Check a city up: indicators, problems, actions."""


@checkup.command()
@click.argument("snapshot", type=click.Path(path_type=Path))
@_SYSTEM
@_PACK
@click.option("--values", "values_file", type=click.Path(path_type=Path), help="Declared values (template filled in).")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="New folder for the run.")
@_JSON
def run(snapshot: Path, *, system: str, pack: str, values_file: Path | None, out: Path, as_json: bool) -> None:
    """Compute every indicator a SNAPSHOT can give, take in declared values, grade, list problems and actions."""
    import hashlib

    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from huancheng.checkup import load_ruleset, run_checkup
    from huancheng.checkup.declared.reading import read_declared
    from huancheng.city.snapshot import Snapshot

    rules = load_ruleset(system, pack)
    declared = read_declared(values_file, rules.system) if values_file else []
    source = None
    if values_file:
        source = {"file": values_file.name, "sha256": hashlib.sha256(values_file.read_bytes()).hexdigest()}
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        result = run_checkup(
            Snapshot(snapshot), system, out, declared=declared, declared_source=source, pack=pack,
            progress=lambda name: progress.update(task, description=name),
        )  # fmt: skip
    click.echo(json.dumps(_summary(result), ensure_ascii=False, indent=1) if as_json else _headline(result))


def _summary(run: CheckupRun) -> dict[str, Any]:
    """Return what `--json` prints of a run."""
    values = json.loads((run.folder / "values.json").read_text("utf-8"))
    problems = run.problems[run.problems["scope_kind"] == "city"]
    return {
        "run": str(run.folder),
        **{name: run.meta[name] for name in ("snapshot", "system", "scope", "counts", "aspects")},
        "values": values,
        "problems": problems.drop(columns="geometry").to_dict("records"),
        "actions": run.actions.to_dict("records"),
    }


def _headline(run: CheckupRun) -> str:
    """Return the table printed on a terminal."""
    words = {"missing": "缺失", "not_applicable": "不适用"}
    lines = [f"{run.meta['system']['title']}：{run.meta['snapshot']['title']}（{run.meta['scope']['name']}）"]
    for row in run.headline.to_dict("records"):
        figure = words.get(row["state"]) or f"{row['amount']:,.4g} {row['unit']}"
        target = f"  目标 {row['target']}" if row["target"] else ""
        lines.append(f"{row['indicator']}  {row['name']}  {figure}{target}  {row['grade']}".rstrip())
    counts = run.meta["counts"]
    states = f"已知 {counts['known']}，缺失 {counts['missing']}，不适用 {counts['not_applicable']}"
    lines.append(f"{states}；问题 {len(run.actions)} 项")
    lines.append(str(run.folder))
    return "\n".join(lines)


@checkup.command()
@_SYSTEM
@_PACK
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File to write (.xlsx).")
@_JSON
def template(system: str, pack: str, out: Path, as_json: bool) -> None:
    """Write the template in which bureaus declare values."""
    from huancheng.checkup import load_ruleset
    from huancheng.checkup.declared.template import write_template

    rules = load_ruleset(system, pack)
    write_template(rules.system, out)
    count = len(rules.system.indicators)
    answer = {"file": str(out), "system": system, "indicators": count}
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else f"{out}: {count} indicators of {system}")


@checkup.command()
@click.option("--values", "values_file", required=True, type=click.Path(path_type=Path), help="CSV with results.")
@_SYSTEM
@_PACK
@_JSON
def actions(values_file: Path, system: str, pack: str, as_json: bool) -> None:
    """List which results of a city's own table are problems, with reasons and advice.

    The CSV has the columns indicator (official name or id), level (住房, 小区（社区）, 街区, 城区（城市）), value,
    unit and grade; a cell is empty where there is none.
    """
    from huancheng.checkup import load_ruleset
    from huancheng.checkup.city_table import judge_table, read_table

    rules = load_ruleset(system, pack)
    rows = judge_table(read_table(values_file), rules, values_file.name)
    for row in rows:
        for warning in row.warnings:
            click.echo(f"huancheng: {values_file.name}, {warning}", err=True)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        click.echo(_line(row))
    click.echo(f"列入问题清单 {sum(row.listed for row in rows)} 项，共 {len(rows)} 项")


def _line(row: ListedRow) -> str:
    mark = "列入" if row.listed else ("不列" if row.decided else "待定")
    advice = f"  {row.action_type}：{row.action}" if row.listed else ""
    return f"{mark}  {row.indicator}（{row.level}）  {row.reason}{advice}"
