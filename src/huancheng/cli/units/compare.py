"""`huancheng units compare`: plans side by side."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from huancheng.units.comparison import Agreement, PlanFigures


@click.command()
@click.argument("folders", metavar="DIR DIR…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--moves", is_flag=True, help="List the blocks that moved from each plan to the next.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def compare(folders: tuple[Path, ...], *, moves: bool, as_json: bool) -> None:
    """Set plans side by side: figures, what they break, how far they agree; computed, drawn and edited alike."""
    from itertools import combinations, pairwise

    from huancheng.evidence import InputFault
    from huancheng.units.certificate import read_units
    from huancheng.units.comparison import compare_pair, figures_of, moves_between, objectives_compare

    if len(folders) < 2:  # noqa: PLR2004 - one plan stands beside nothing
        raise InputFault("one plan stands beside nothing", field="DIR", cure="name two folders or more")
    plans = [read_units(folder) for folder in folders]
    figures = [figures_of(plan) for plan in plans]
    agreements = [compare_pair(one, other) for one, other in combinations(plans, 2)]
    steps = [moves_between(one, other) for one, other in pairwise(plans)] if moves else []
    comparable = objectives_compare(figures)
    if as_json:
        document = {
            "plans": [asdict(item) for item in figures], "objectives_compare": comparable,
            "agreement": [asdict(item) for item in agreements],
            "moves": [[asdict(move) for move in step] for step in steps],
        }  # fmt: skip
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    click.echo("\n".join([*_table(figures), *_agreed(agreements)]))
    if not comparable:
        click.echo("规则集或划入范围不同，目标值不可直接比较")
    for step in steps:
        click.echo("\n".join(move.words for move in step) or "没有街块改变单元")


def _table(figures: list[PlanFigures]) -> list[str]:
    """Return the plans as columns, one figure a line."""
    rows: list[tuple[str, list[str]]] = [
        ("方案", [item.folder for item in figures]),
        ("方法 / 规则集", [f"{item.method} / {item.profile}" for item in figures]),
        ("单元数（上界）", [f"{item.units}（{_number(item.units_bound)}）" for item in figures]),
        ("目标值", [_number(item.objective) for item in figures]),
        ("差距", ["未知" if item.gap is None else f"{item.gap:.2%}" for item in figures]),
        ("紧凑", [_number(item.parts["compactness"]) for item in figures]),
        ("不沿界线边界（米）", [_number(item.parts["border"]) for item in figures]),
        ("问题差异", [_number(item.parts["dissimilarity"]) for item in figures]),
        (
            "面积最小/中位/最大（公顷）",
            [f"{item.smallest:.1f}/{item.median:.1f}/{item.largest:.1f}" for item in figures],
        ),
        ("违反刚性规则", [str(item.firm_broken) for item in figures]),
        ("列出的缺口", [str(item.shown_broken) for item in figures]),
        ("缺数据", [str(item.needs_data) for item in figures]),
    ]
    return ["\t".join([name, *cells]) for name, cells in rows]


def _agreed(agreements: list[Agreement]) -> list[str]:
    return [
        f"{item.first} 与 {item.second}：调整兰德指数 {item.adjusted_rand:.3f}，改变单元的面积 "
        f"{item.changed_area / 10_000:,.2f} 公顷（{item.changed_share:.1%}）"
        for item in agreements
    ]


def _number(value: float | None) -> str:
    return "未知" if value is None else f"{value:,.6g}"
