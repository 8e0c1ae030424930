"""`huancheng planning unit-plan`: the form of a unit plan, and the plan made from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click


@click.command("unit-plan")
@click.argument("directory", metavar="SNAPSHOT")
@click.option("--areas", required=True, metavar="WHAT", help="All units: a result folder or a file of polygons.")
@click.option("--unit", required=True, metavar="ID", help="The unit planned, by id or name.")
@click.option("--template", is_flag=True, help="Write the empty form to --out (.xlsx) and nothing else.")
@click.option("--form", type=click.Path(path_type=Path), help="The form, filled in.")
@click.option("--parcels", type=click.Path(path_type=Path), help="Shapes of the planned parcels, with `id`.")
@click.option("--register", type=click.Path(path_type=Path), help="Register of plans (.yaml).")
@click.option("--pack", default="national", show_default=True, metavar="NAME", help="Pack to read the law from.")
@click.option("--organisation", default="", help="Who compiles and signs it.")
@click.option("--approval", default="", help="Map-approval number (审图号), once given.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder, new or empty; or the form.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def unit_plan(
    *, directory: str, areas: str, unit: str, template: bool, form: Path | None, parcels: Path | None,
    register: Path | None, pack: str, organisation: str, approval: str, out: Path, as_json: bool,
) -> None:  # fmt: skip
    """Compose the plan of one unit: figures, red lines, layout, agreement with upper plans, papers with maps."""
    from rich.console import Console

    from huancheng.city.snapshot import Snapshot
    from huancheng.planning.areas import read_areas, read_polygons
    from huancheng.planning.completeness import checked_areas, completeness_rules, facility_norms
    from huancheng.planning.plan_register import PlanRegister, read_register
    from huancheng.planning.unit_plan import PlanOrder, UnitForm, compose_unit_plan, pick_unit, read_form, write_form
    from huancheng.policy.book import load_book
    from huancheng.report.options import ReportOptions
    from huancheng.report.unit_plan import write_unit_plan_report

    city, book = Snapshot(directory), load_book(pack)
    given = read_areas(areas, city)
    if template:
        row = pick_unit(checked_areas(given, city), unit).iloc[0]
        titles = [norm.title for norm in facility_norms(book)]
        kinds = completeness_rules(book).smart_works.kinds
        write_form(out, {"unit": row["id"], "name": row["name"]}, titles, kinds)
        click.echo(json.dumps({"form": str(out)}, ensure_ascii=False) if as_json else f"{out}: fill it in")
        return
    order = PlanOrder(
        city, book, given, unit, read_form(form) if form else UnitForm({}),
        read_polygons(parcels) if parcels else None, read_register(register) if register else PlanRegister(),
        register.parent if register else Path(),
    )  # fmt: skip
    with Console(stderr=True).status("composing the plan"):
        plan = compose_unit_plan(order)
        files = write_unit_plan_report(city, plan, book, out, ReportOptions(organisation, approval))
    if as_json:
        click.echo(json.dumps({"folder": str(out), **files.document}, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(files.document, out)))


def _lines(document: dict[str, Any], out: Path) -> list[str]:
    unit = document["unit"]
    lines = [f"{unit['name']}：{unit['area'] / 10_000:,.1f} 公顷"]
    lines += [f"尚缺 {part['title']}：{part['lacking']}" for part in document["parts"] if not part["complete"]]
    words = {"breach": "突破底线", "warning": "提示", "needs_data": "资料不足"}
    lines += [
        f"{words[line['state']]}：{line['name']} {line['title']}"
        for line in document["red_lines"]
        if line["state"] in words
    ]
    lines.append(document["regulatory_change"]["reason"])
    return [*lines, f"文本、地图与数据在 {out}"]
