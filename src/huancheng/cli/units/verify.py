"""`huancheng units verify`: re-check a result folder with separate code."""

from __future__ import annotations

import json
from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify(folder: Path, *, as_json: bool) -> int:
    """Re-check a result folder: files, figures, rules, objective, bound; exit 1 if anything is false or broken."""
    from huancheng.units.verify import verify_units

    verdict = verify_units(folder)
    if as_json:
        click.echo(json.dumps({"folder": str(folder), **verdict.as_dict()}, ensure_ascii=False))
        return 0 if verdict.sound else 1
    for fault in verdict.faults:
        click.echo(f"不实 false: {fault}")
    for breach in verdict.breaches:
        click.echo(f"违反 broken: {breach}")
    counts = "，".join(f"{name} {count:,}" for name, count in verdict.checked.items())
    told = (
        "证书属实，刚性规则全部符合"
        if verdict.sound
        else f"不实 {len(verdict.faults)} 项，违反刚性规则 {len(verdict.breaches)} 项"
    )
    click.echo(f"{told}（{counts}）")
    return 0 if verdict.sound else 1
