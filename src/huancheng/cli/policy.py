"""`huancheng policy`: the law as data, checked, asked, drawn and compared."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from huancheng.evidence import InputFault

_PACK = click.option(
    "--pack", default="liaocheng-2023", show_default=True, metavar="NAME", help="Pack, by name or folder."
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")
_FACTS = click.option(
    "--facts",
    "facts_file",
    type=click.Path(path_type=Path, allow_dash=True),
    default=None,
    help="JSON or YAML file of facts by id or official name; - reads standard input.",
)
_AS_OF = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Day of the law; by default today.")
_OFFICE = click.option(
    "--office",
    type=click.Path(path_type=Path),
    default=Path("var/policy"),
    show_default=True,
    help="Folder in which the office keeps its official texts.",
)


@click.group()
def policy() -> None:
    """Packs: the law as data."""


def _book(pack: str) -> Any:
    from huancheng.policy.book import load_book

    return load_book(pack)


def _put(document: Any, *, as_json: bool, lines: Callable[[], list[str]]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2) if as_json else "\n".join(lines()))


def _day(given: datetime | None) -> date:
    return given.date() if given else datetime.now(tz=UTC).astimezone().date()


def _facts(path: Path | None) -> tuple[dict[str, Any], str]:
    """Read a fact file; JSON is YAML too, and the strict reader catches what either would take wrongly."""
    from huancheng.policy.pack.strict_yaml import read_yaml

    if path is None:
        return {}, ""
    name = "standard input" if str(path) == "-" else str(path)
    try:
        content: bytes = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = content.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        cure = "check the path, and save it as UTF-8"
        raise InputFault("the fact file can't be read", file=name, cure=cure) from error
    value = _json_or_none(text, name)
    value = read_yaml(text, file=name).value if value is None else value
    if not isinstance(value, dict):
        raise InputFault("the fact file holds no mapping", file=name, cure="write fact: value pairs")
    inner = value.get("facts", value)
    return (inner if isinstance(inner, dict) else value), name


def _json_or_none(text: str, name: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        for key, _ in pairs:
            if sum(key == other for other, _ in pairs) > 1:
                raise InputFault("the fact stands twice", file=name, field=key, cure="keep one of them")
        return dict(pairs)

    try:
        return json.loads(text, object_pairs_hook=once)
    except ValueError:
        return None


@policy.command()
@click.argument("name", metavar="[PACK]", required=False)
@_PACK
@_JSON
def check(name: str | None, *, pack: str, as_json: bool) -> int:
    """Find gaps, overlaps, dead rows, dangling citations and bodies that can't be told in PACK."""
    from huancheng.policy.check import check_book

    book = _book(name or pack)
    findings = check_book(book)
    document = {
        "pack": book.pack.id,
        "version": book.pack.manifest.version,
        "digest": book.pack.digest,
        "findings": [finding.as_dict() for finding in findings],
        "changes": [change.as_dict() for change in book.changes()],
    }
    _put(
        document,
        as_json=as_json,
        lines=lambda: [
            *(str(finding) for finding in findings),
            *(f"{change.pack} {change.kind} {change.entry}: {change.reason}" for change in book.changes()),
            f"{book.pack.id}: {len(findings)} findings",
        ],
    )
    return 1 if findings else 0


@policy.command()
@click.argument("clause", required=False)
@click.option(
    "--list",
    "listed",
    type=click.Choice(["clauses", "tables", "instruments", "jurisdictions", "facts", "law"]),
    help="List the names of a kind instead.",
)
@_PACK
@_OFFICE
@_JSON
def show(clause: str | None, *, listed: str | None, pack: str, office: Path, as_json: bool) -> int:
    """Show CLAUSE: a clause (五(二)), a requirement (5.2-3) or a provision (civil-code/278)."""
    from huancheng.policy.clauses.official_text import load_official_text
    from huancheng.policy.clauses.showing import list_entries, say_reference, show_reference

    book = _book(pack)
    if listed or clause is None:
        entries = list_entries(book, listed or "clauses")
        _put(entries, as_json=as_json, lines=lambda: [f"{item['id']}\t{item['title']}" for item in entries])
        return 0
    document = show_reference(book, clause, load_official_text(office, book.pack.id))
    _put(document, as_json=as_json, lines=lambda: say_reference(document))
    return 0


@policy.command()
@click.argument("file", type=click.Path(path_type=Path))
@_PACK
@_OFFICE
@_JSON
def attach(file: Path, *, pack: str, office: Path, as_json: bool) -> int:
    """Split the official document FILE (txt, docx) into clauses and link them to the pack; it stays with the office."""
    from huancheng.policy.clauses.official_text import read_official_text, save_official_text

    book = _book(pack)
    text = read_official_text(file, book.citations)
    target = save_official_text(text, office, book.pack.id)
    requirements = book.citations.requirements
    open_ids = [name for name in requirements if name not in text.links]
    document = {
        "file": str(target),
        "clauses": list(text.clauses),
        "linked": len(text.links),
        "requirements": len(requirements),
        "unlinked": open_ids,
    }
    _put(
        document,
        as_json=as_json,
        lines=lambda: [
            f"{len(text.clauses)} clauses, {len(text.links)} of {len(requirements)} requirements linked: {target}",
            *([f"not linked: {', '.join(open_ids)}"] if open_ids else []),
        ],
    )
    return 0


@policy.command()
@click.argument("table")
@_FACTS
@_AS_OF
@_PACK
@_JSON
def decide(table: str, *, facts_file: Path | None, as_of: datetime | None, pack: str, as_json: bool) -> int:
    """Apply the decision TABLE (id or official name) to a case; unknown facts are never taken as a pass."""
    from huancheng.policy.asking import decide_case, say_decision

    book = _book(pack)
    given, file = _facts(facts_file)
    document = decide_case(book, table, given, as_of=_day(as_of), file=file)
    _put(document, as_json=as_json, lines=lambda: say_decision(document))
    return 0 if document["status"] == "decided" else 1


@policy.command()
@click.argument("instrument")
@click.option("--jurisdiction", required=True, help="Jurisdiction, by id or official name.")
@_FACTS
@_AS_OF
@_PACK
@_JSON
def route(
    instrument: str, *, jurisdiction: str, facts_file: Path | None, as_of: datetime | None, pack: str, as_json: bool
) -> int:
    """Show the approval route of INSTRUMENT (id or official name) in a jurisdiction, every body named."""
    from huancheng.policy.asking import route_case, say_route

    book = _book(pack)
    given, file = _facts(facts_file)
    document = route_case(book, instrument, jurisdiction, given, as_of=_day(as_of), file=file)
    _put(document, as_json=as_json, lines=lambda: say_route(document))
    return 0 if document["route"] else 1


@policy.command()
@click.option(
    "--results", type=click.Path(path_type=Path), default=None, help="Test results written by run.py coverage."
)
@_PACK
@_JSON
def coverage(*, results: Path | None, pack: str, as_json: bool) -> int:
    """Count which requirements are proved by passing tests (python3 run.py coverage runs them)."""
    from huancheng.policy.coverage import measure, read_results
    from huancheng.policy.coverage.recorder import DEFAULT_RESULTS

    book = _book(pack)
    target = results or Path(DEFAULT_RESULTS)
    measured = measure(book, read_results(target) if results or target.is_file() else {})
    document = measured.as_dict()
    _put(
        document,
        as_json=as_json,
        lines=lambda: [
            f"{document['proved']} of {document['requirements']} requirements proved",
            *(f"broken {name}: {', '.join(tests)}" for name, tests in document["broken"].items()),
            *(f"unknown id {name}: {', '.join(tests)}" for name, tests in document["unknown"].items()),
            f"open: {', '.join(document['open']) or 'none'}",
        ],
    )
    return 1 if measured.broken or measured.unknown else 0


@policy.command()
@click.argument("before")
@click.argument("after")
@_JSON
def diff(before: str, after: str, *, as_json: bool) -> int:
    """Say in words what changed from pack BEFORE to pack AFTER (names or folders)."""
    from huancheng.policy.versions import diff_books

    differences = diff_books(_book(before), _book(after))
    _put(
        [item.as_dict() for item in differences],
        as_json=as_json,
        lines=lambda: [item.words for item in differences] or ["无差异"],
    )
    return 0


@policy.command()
@click.argument("instrument")
@click.option("--jurisdiction", required=True, help="Jurisdiction, by id or official name.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="File to write: .svg or .bpmn.")
@_FACTS
@_PACK
@_JSON
def diagram(instrument: str, *, jurisdiction: str, out: Path, facts_file: Path | None, pack: str, as_json: bool) -> int:
    """Draw the route of INSTRUMENT as SVG for readers or BPMN 2.0 for modelling tools."""
    from huancheng.policy.diagrams import bpmn, svg
    from huancheng.policy.routes.plan import plan_route

    painters = {".svg": svg, ".bpmn": bpmn, ".xml": bpmn}
    if out.suffix.lower() not in painters:
        raise InputFault(f"no drawing ends in {out.suffix!r}", file=str(out), cure="name a .svg or .bpmn file")
    book = _book(pack)
    given, file = _facts(facts_file)
    plan = plan_route(book, instrument, jurisdiction, given, file=file)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(painters[out.suffix.lower()](book, plan), "utf-8")
    document = {"file": str(out), "route": plan.route.id, "steps": len(plan.steps)}
    _put(document, as_json=as_json, lines=lambda: [f"{plan.route.title}: {out}"])
    return 0


@policy.command()
@click.argument("name")
@click.option(
    "--parent", "--pack", "pack", default="liaocheng-2023", show_default=True, help="Pack the new one builds on."
)
@click.option("--title", default="", help="Title readers see; by default the name.")
@click.option("--out", type=click.Path(path_type=Path), default=Path(), help="Folder to write the pack's folder into.")
@_JSON
def new(name: str, *, pack: str, title: str, out: Path, as_json: bool) -> int:
    """Write the files of a new pack NAME that builds on another."""
    from huancheng.policy.pack.scaffold import scaffold

    book = _book(pack)
    start = book.pack.manifest.effective_from
    example = next((entry.id for entry in book.jurisdictions), "")
    files = scaffold(name, book.pack, out, title=title or name, start=start, example=example)
    document = {"pack": name, "parent": book.pack.id, "files": [str(path) for path in files]}
    _put(document, as_json=as_json, lines=lambda: [f"wrote {path}" for path in files])
    return 0
