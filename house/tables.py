"""The tables in the docs that are made from their source, so that they can't fall out of step."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from house.commands import COMMANDS
from house.places import Places


def markdown_table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a Markdown table; bars in cells are escaped."""
    head = list(head)
    lines = [head, ["---"] * len(head), *([str(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def layers() -> str:
    """Return every layer of a snapshot with its columns, from `layers.yaml`."""
    from huancheng.city.schema import layer_schemas

    parts = []
    for layer in layer_schemas().values():
        rows = [
            (
                f"`{column.name}`",
                column.title,
                column.type,
                column.unit,
                _domain(column),
                "yes" if column.required else "",
                column.meaning,
            )
            for column in layer.columns.values()
        ]
        parts.append(
            f"### `{layer.name}` {layer.title}\n\n{layer.meaning} *Geometry: {layer.geometry.value}; "
            f"class: {layer.access.value}.*"
        )
        if rows:
            parts.append(markdown_table(("column", "title", "type", "unit", "domain", "required", "meaning"), rows))
    return "\n\n".join(parts)


def _domain(column: Any) -> str:
    if column.domain_from:
        return "the facility catalogue"
    if column.domain:
        return ", ".join(f"`{code}` {words}" for code, words in column.labels.items())
    bounds = [
        f"{sign} {bound:g}" for sign, bound in (("≥", column.minimum), ("≤", column.maximum)) if bound is not None
    ]
    return ", ".join(bounds)


def facilities() -> str:
    """Return the facility catalogue."""
    from huancheng.city.schema.catalogue import facility_catalogue

    rows = [
        (f"`{name}`", entry.title, entry.group, entry.capacity or "", entry.area or "")
        for name, entry in facility_catalogue().items()
    ]
    return markdown_table(("class", "title", "group", "capacity counts", "area is"), rows)


def indicators(system: str) -> str:
    """Return the indicators of a system: how each is computed, its targets, and how certain each of these is."""
    from huancheng.checkup import load_ruleset

    rules = load_ruleset(system)
    words = {"full": "fully", "partial": "partly", "no": "declared only"}
    targets: dict[str, list[str]] = {}
    for target in rules.targets.targets:
        condition = "、".join((*target.city_sizes, *target.rank_groups))
        text = f"{target.text}{f' ({condition})' if condition else ''} *{target.certainty.value}*"
        targets.setdefault(target.indicator, []).append(text)
    rows = [
        (
            f"`{item.id}`", f"{item.name} *{item.certainty.value}*", item.group, item.unit,
            f"{item.definition} *{item.definition_certainty.value}*", words[item.computable],
            f"`{item.measure.operator}` *{item.measure.certainty.value}*" if item.measure else "",
            item.measure.approximation if item.measure else "", "<br>".join(targets.get(item.id, [])), item.owner,
        )
        for item in rules.system.indicators
    ]  # fmt: skip
    given = ("id", "name", "group", "unit", "definition")
    made = ("from map data", "operator", "falls short by", "target", "owner")
    return markdown_table((*given, *made), rows)


def commands() -> str:
    """Return every `huancheng` command with its arguments and options, as the program itself states them."""
    import click

    from huancheng.cli.root import COMMANDS as GROUPS
    from huancheng.cli.root import root

    parts = []
    context = click.Context(root, info_name="huancheng")
    for name in GROUPS:
        command = root.get_command(context, name)
        if command is not None:
            parts += list(_command_parts(f"huancheng {name}", command, context))
    return "\n\n".join(parts)


def _command_parts(path: str, command: Any, parent: Any) -> Iterable[str]:
    import click

    context = click.Context(command, info_name=path.rsplit(" ", 1)[-1], parent=parent)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner is not None:
                yield from _command_parts(f"{path} {name}", inner, context)
        return
    usage = " ".join(command.collect_usage_pieces(context))
    yield f"### `{path}`\n\n`{path} {usage}`\n\n{(command.help or '').strip()}"
    rows = []
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None and record[1]:
            rows.append((f"`{record[0]}`", " ".join(record[1].split())))
    if rows:
        yield markdown_table(("option", "meaning"), rows)


def house_commands() -> str:
    """Return the commands of `run.py`."""
    return markdown_table(
        ("command", "what it does"), ((f"`{name}`", command.summary) for name, command in COMMANDS.items())
    )


def decisions() -> str:
    """Return the list of decision records with their state."""
    rows = []
    for file in sorted((Places.here().root / "docs" / "decisions").glob("[0-9]*.md")):
        text = file.read_text(encoding="utf-8")
        title = text.splitlines()[0].removeprefix("# ")
        state = re.search(r"^Status: (.*)$", text, re.MULTILINE)
        rows.append((f"[{title}]({file.name})", state.group(1) if state else ""))
    return markdown_table(("decision", "status"), rows)


def results() -> str:
    """Return the newest result of each benchmark, bar by bar."""
    newest: dict[str, dict[str, Any]] = {}
    for file in sorted((Places.here().root / "benchmarks" / "results").glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        newest[document["benchmark"]] = document
    rows = [
        (
            name,
            bar.get("what", ""),
            _figure(bar.get("measured")),
            _figure(bar.get("bar")),
            _verdict(bar),
            document["date"],
        )
        for name, document in sorted(newest.items())
        for bar in document.get("bars", [])
    ]
    return markdown_table(("benchmark", "what", "measured", "bar", "met", "date"), rows)


def _figure(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else "–" if value is None else str(value)


def _verdict(bar: dict[str, Any]) -> str:
    words = {True: "yes", False: "**no**", None: "not known"}[bar.get("met")]
    return f"{words} ({bar['note']})" if bar.get("note") else words


TABLES: dict[str, Callable[[], str]] = {
    "layers": layers,
    "facilities": facilities,
    "indicators national-2022": partial(indicators, "national-2022"),
    "indicators national-2023": partial(indicators, "national-2023"),
    "commands": commands,
    "run.py": house_commands,
    "decisions": decisions,
    "benchmark results": results,
}


def markdown_pages(root: Path) -> list[Path]:
    """Return the project's Markdown files."""
    tops = [file for file in root.glob("*.md") if file.is_file()]
    folders = ("docs", "benchmarks", "examples", "packs")
    return sorted([*tops, *(file for folder in folders for file in (root / folder).rglob("*.md"))])
