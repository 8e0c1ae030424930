"""`huancheng units solve`: any instance of the literature, nodes and edges as CSV."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from huancheng.units.instances import Bound
    from huancheng.units.solver import RegionResult

BEGAN = time.perf_counter()
"""When this module was read: loading libraries counts as time of the run."""


@click.command()
@click.option("--nodes", required=True, type=click.Path(path_type=Path), help="CSV: id, then columns of numbers.")
@click.option("--edges", required=True, type=click.Path(path_type=Path), help="CSV: a, b: ids of neighbours.")
@click.option("--floor", "floors", multiple=True, metavar="COLUMN:VALUE", help="Least sum of a unit; may be repeated.")
@click.option("--ceiling", "ceilings", multiple=True, metavar="COLUMN:VALUE", help="Most of a unit; may be repeated.")
@click.option("--attributes", default="", metavar="A,B", help="Columns the dissimilarity within units is made of.")
@click.option("--objective", type=click.Choice(["max-p", "compact"]), default="max-p", show_default=True)
@click.option("--k", metavar="K|LOW-HIGH", help="Number of units; without it as many as the floors allow.")
@click.option("--weight", metavar="COLUMN", help="compact: weighs nodes; the first floor's column without it.")
@click.option("--radius", type=float, help="compact: farthest a node may be from its unit's median node.")
@click.option(
    "--time-limit", type=click.FloatRange(min=0, min_open=True), help="Seconds; used up unless proved before."
)
@click.option("--limit", type=click.IntRange(min=0), help="Rounds of the search: repeatable on every machine.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of all random draws.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Folder for labels.csv and result.json.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
def solve(
    *,
    nodes: Path,
    edges: Path,
    floors: tuple[str, ...],
    ceilings: tuple[str, ...],
    attributes: str,
    objective: str,
    k: str | None,
    weight: str | None,
    radius: float | None,
    time_limit: float | None,
    limit: int | None,
    seed: int,
    out: Path,
    as_json: bool,
) -> None:
    """Join the nodes of an instance into connected units; write labels.csv (id, unit) and the certificate."""
    from huancheng.units.instances import Asked, problem_of, read_instance, write_labels
    from huancheng.units.instances.faults import solve_instance
    from huancheng.units.solver import Objective, Work

    asked = Asked(
        Objective(objective),
        tuple(_bound(text, "--floor") for text in floors),
        tuple(_bound(text, "--ceiling") for text in ceilings),
        tuple(name.strip() for name in attributes.split(",") if name.strip()),
        None if k is None else _count(k),
        weight,
        radius,
    )
    instance = read_instance(nodes, edges, asked.columns)
    problem = problem_of(instance, asked)
    left = None if time_limit is None else max(time_limit - (time.perf_counter() - BEGAN), 0.05)
    result = solve_instance(instance, problem, Work(limit=limit, seed=seed, time_limit=left))
    write_labels(out / "labels.csv", instance, result.unit)
    document = _document(result, instance.ids, seed, limit)
    (out / "result.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else _words(result, out))


def _bound(text: str, option: str) -> Bound:
    from huancheng.units.instances import Bound

    column, _, value = text.rpartition(":")
    try:
        return Bound(column.strip() or _no_column(), float(value))
    except ValueError:
        raise click.BadParameter(f"{text!r} is not COLUMN:VALUE", param_hint=option) from None


def _count(text: str) -> tuple[int, int]:
    low, dash, high = text.partition("-")
    try:
        fewest, most = int(low), int(high if dash else low)
    except ValueError:
        fewest = most = 0
    if not 1 <= fewest <= most:
        raise click.BadParameter(f"{text!r} is neither K nor LOW-HIGH, from 1 on", param_hint="--k")
    return fewest, most


def _no_column() -> str:
    raise ValueError


def _document(result: RegionResult, ids: tuple[str, ...], seed: int, limit: int | None) -> dict[str, Any]:
    return {
        "units": result.units,
        "units_bound": result.units_bound,
        "units_bound_cut": None if result.cut is None else [ids[node] for node in result.cut],
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "status": result.status,
        "seconds": round(time.perf_counter() - BEGAN, 3),
        "parts": result.parts,
        "greedy": {
            "units": result.greedy.units,
            "objective": result.greedy.objective,
            "feasible": result.greedy.feasible,
        },
        "seed": seed,
        "limit": limit,
        "method": [
            {"stage": s.name, "units": s.units, "objective": s.objective, "seconds": round(s.seconds, 3)}
            for s in result.method
        ],
    }


def _words(result: RegionResult, out: Path) -> str:
    bound = "no bound on the objective" if result.bound is None else f"bound {result.bound:,.6g}, gap {result.gap:.2%}"
    return (
        f"{result.units} units (at most {result.units_bound}), objective {result.objective:,.6g}, {bound}\n"
        f"{result.status} after {result.seconds:.1f} s; labels in {out / 'labels.csv'}"
    )
