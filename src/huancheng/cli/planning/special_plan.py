"""`huancheng planning special-plan`: compose one, join those of a city, tell two versions apart."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

_PACK = click.option("--pack", default="national", show_default=True, metavar="NAME", help="Pack to read the law from.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")


@click.group("special-plan")
def special_plan() -> None:
    """Compose special plans, join those of a city, tell versions apart."""


@special_plan.command()
@click.option("--title", default="城市更新专项规划", show_default=True, help="Name of the plan.")
@click.option("--jurisdiction", default="central", show_default=True, help="central, or the name of a jurisdiction.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File to write (.yaml).")
def template(title: str, jurisdiction: str, out: Path) -> None:
    """Write the empty file in which people say what nobody can compute."""
    from huancheng.evidence import InputFault
    from huancheng.planning.special_plan import TEMPLATE

    if out.exists():
        raise InputFault("a file of this name is already there", file=str(out), cure="choose another name")
    out.write_text(TEMPLATE.format(title=title, jurisdiction=jurisdiction), encoding="utf-8", newline="\n")
    click.echo(f"{out}: fill it in")


@special_plan.command()
@click.argument("directory", metavar="SNAPSHOT")
@click.option("--input", "given", required=True, type=click.Path(path_type=Path), help="The file, filled in.")
@_PACK
@click.option("--organisation", default="", help="Who compiles and signs it.")
@click.option("--approval", default="", help="Map-approval number (审图号), once given.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder; new or empty.")
@_JSON
def compose(
    directory: str, *, given: Path, pack: str, organisation: str, approval: str, out: Path, as_json: bool
) -> int:
    """Compose a plan with papers and maps; exit 1 while something blocks it from review."""
    from huancheng.city.snapshot import Snapshot
    from huancheng.planning.special_plan import compose_special_plan, read_input
    from huancheng.policy.book import load_book
    from huancheng.report.options import ReportOptions
    from huancheng.report.special_plan import write_special_plan_report

    city, book = Snapshot(directory), load_book(pack)
    plan = compose_special_plan(city, book, read_input(given))
    files = write_special_plan_report(city, plan, book, out, ReportOptions(organisation, approval))
    if as_json:
        click.echo(json.dumps({"folder": str(out), **files.document}, ensure_ascii=False))
    else:
        state = "可报审" if not plan.blocked else "尚不能报审：" + "；".join(plan.blocked)
        click.echo(f"{plan.words.title}：{state}\n文本、地图与数据在 {out}")
    return 1 if plan.blocked else 0


@special_plan.command()
@click.argument("folders", nargs=-1, required=True, metavar="DIR...", type=click.Path(path_type=Path))
@_PACK
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder; new or empty.")
@_JSON
def join(folders: tuple[Path, ...], pack: str, out: Path, as_json: bool) -> int:
    """Join the plans of a city into one sheet; exit 1 while some jurisdiction has none."""
    from huancheng.planning.special_plan import consolidate, write_sheet
    from huancheng.policy.book import load_book

    sheet = consolidate(load_book(pack), folders)
    document = write_sheet(sheet, out)
    if as_json:
        click.echo(json.dumps({"folder": str(out), **document}, ensure_ascii=False))
    else:
        words = f"尚缺 {'、'.join(sheet.missing)}" if sheet.missing else "各本齐全"
        click.echo(f"全市专项规划汇总：{len(sheet.rows)} 本，{words}；结果在 {out}")
    return 1 if sheet.missing else 0


@special_plan.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@_JSON
def diff(old: Path, new: Path, as_json: bool) -> int:
    """Tell two versions of a plan apart; exit 1 if they differ."""
    from huancheng.planning.special_plan import differences

    changes = differences(old, new)
    if as_json:
        click.echo(json.dumps([asdict(change) for change in changes], ensure_ascii=False))
    else:
        words = {"added": "新增", "removed": "删去", "changed": "改动"}
        for change in changes:
            place = " ".join(part for part in (change.part, change.key, change.field) if part)
            click.echo(f"{words[change.kind]} {place}：{change.before or '—'} → {change.after or '—'}")
        click.echo(f"共 {len(changes)} 处不同")
    return 1 if changes else 0
