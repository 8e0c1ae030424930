"""`huancheng units edit`: change a plan by hand, every rule tested again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from huancheng.units.editing import Recheck

_KEY = "huancheng.edits"


class InOrder(click.Command):
    """Keeps the order in which edits were written, whatever their options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments, and note each edit in its order."""
        values, _, order = self.make_parser(ctx).parse_args(args=list(args))
        waiting = {name: iter(given) for name, given in values.items() if isinstance(given, list)}
        ctx.meta[_KEY] = [(param.name, next(waiting[param.name])) for param in order if param.name in waiting]
        return super().parse_args(ctx, args)


@click.command(cls=InOrder)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--move", multiple=True, metavar="B1,B2:U3", help="Move blocks into a unit; without a unit, out of all.")
@click.option("--merge", multiple=True, metavar="U1,U2", help="Make one unit of several.")
@click.option("--split", multiple=True, metavar="U4:B1,B2", help="Make a unit of some blocks of a unit.")
@click.option("--split-by-line", multiple=True, metavar="U4:X,Y X,Y", help="Part a unit along a line.")
@click.option("--draw", multiple=True, metavar="B1,B2[:NAME]", help="Make a new unit of blocks.")
@click.option("--edits", multiple=True, metavar="FILE", help="Edit list as JSON, or a units.json with edits.")
@click.option("--out", type=click.Path(path_type=Path), help="New folder; without it nothing is written.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.pass_context
def edit(context: click.Context, /, *, folder: Path, out: Path | None, as_json: bool, **_: Any) -> int:
    """Change the plan in DIR in the order of the options, and say which rules break; nothing is forbidden."""
    import hashlib

    from huancheng.evidence import InputFault
    from huancheng.units.certificate import Source, read_units, write_units
    from huancheng.units.editing import edited_drawing, open_plan, replay

    entries = [entry for name, text in context.meta[_KEY] for entry in _entries(name, text)]
    if not entries:
        raise InputFault("no edit is named", field="edits", cure="use --move, --merge, --split, --draw or --edits")
    plan, checks = replay(open_plan(read_units(folder).drawing), entries)
    if out is not None:
        fingerprint = hashlib.sha256((folder / "units.json").read_bytes()).hexdigest()
        write_units(edited_drawing(plan, Source(folder.name, fingerprint, "result")), out)
    if as_json:
        document = {"folder": str(out) if out else None, "edits": [item.as_entry() for item in plan.done]}
        click.echo(json.dumps({**document, "checks": [check.as_dict() for check in checks]}, ensure_ascii=False))
    else:
        for operation, check in zip(plan.done, checks, strict=True):
            click.echo("\n".join([operation.words, *_told(check)]))
        click.echo(str(out) if out else "未写出 nothing written")
    return 0 if checks[-1].holds else 1


def _entries(name: str, text: str) -> list[dict[str, Any]]:
    """Turn an option into entries of an edit list."""
    from huancheng.evidence import InputFault

    before, colon, after = text.rpartition(":")
    match name:
        case "move" if colon:
            return [{"op": "move", "blocks": _names(before), "to": after.strip()}]
        case "merge":
            return [{"op": "merge", "units": _names(text)}]
        case "split" if colon:
            return [{"op": "split", "unit": before.strip(), "blocks": _names(after)}]
        case "split_by_line" if colon:
            return [
                {"op": "split_by_line", "unit": before.strip(), "line": [point.split(",") for point in after.split()]}
            ]
        case "draw":
            blocks, given = (before, after) if colon else (text, "")
            return [{"op": "draw", "blocks": _names(blocks), "name": given.strip()}]
        case "edits":
            return _from_file(Path(text))
    raise InputFault(f"--{name.replace('_', '-')} {text} can't be read", field=name, cure="see `units edit --help`")


def _from_file(path: Path) -> list[dict[str, Any]]:
    from huancheng.evidence import InputFault

    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputFault(
            f"the file can't be read: {error}", file=str(path), cure="give a list of edits as JSON"
        ) from None
    entries = found.get("edits") if isinstance(found, dict) else found
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputFault("this is no list of edits", file=str(path), cure="give a list of edits as JSON")
    return entries


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _told(check: Recheck) -> list[str]:
    """Return what an edit did, line by line."""
    lines = [f"  目标值 {check.objective_before:.6g} → {check.objective:.6g}，单元 {check.units} 个"]
    lines += [
        f"  {change.unit}：街块 {change.blocks_before} → {change.blocks}，"
        f"面积 {change.area_before / 10_000:,.2f} → {change.area / 10_000:,.2f} 公顷"
        for change in check.changed
    ]
    for word, rows in (("新增不符", check.newly_broken), ("已符合", check.mended)):
        for row in rows:
            figure = "" if row.value is None else f" {row.value:,.6g} {row.measure}"
            lines.append(f"  {word}：{row.unit} {row.title}{figure} {row.note}".rstrip())
    return lines
