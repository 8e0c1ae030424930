"""Questions put to the law by name, answered as plain data and as lines for a reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huancheng.policy.book import PolicyBook
from huancheng.policy.routes.plan import RouteOpen, plan_as_dict, plan_route


def decide_case(
    book: PolicyBook, table: str, given: Mapping[str, Any], *, as_of: date | None = None, file: str = ""
) -> dict[str, Any]:
    """Apply a decision table to facts as an office gives them.

    Parameters
    ----------
    book
        The law.
    table
        Id, official name or alias of the table.
    given
        Facts by id, official name or alias.
    as_of
        Day of the law; by default the latest change in the pack.
    file
        Name of the fact file, for messages.

    Returns
    -------
    dict
        `status`, `outcomes`, `citations`, `missing`, `rejected` and the rest of the trace.

    Raises
    ------
    InputFault
        If a name is unknown or a value doesn't fit.
    """
    day = as_of or book.latest_change
    compiled = book.table(table, as_of=day)
    answer = compiled.decide(book.catalogue.read(given, file=file))
    changes = book.tables.changes_of(compiled.table.id)
    for parameter in book.parameters_of(compiled.table.id):
        changes += book.parameters.changes_of(parameter)
    competent = compiled.table.competent
    owner = book.bodies if competent in book.bodies else book.roles
    name = owner[competent].title if competent in owner else competent
    document = answer.as_dict(book.catalogue, book.citations.as_dict, name, changes)
    return {**document, "as_of": day.isoformat(), "pack": _pack_dict(book)}


def route_case(
    book: PolicyBook,
    instrument: str,
    jurisdiction: str,
    given: Mapping[str, Any],
    *,
    as_of: date | None = None,
    file: str = "",
) -> dict[str, Any]:
    """Return the route of an instrument in a jurisdiction.

    Parameters
    ----------
    book, instrument, jurisdiction, given, as_of, file
        As for `plan_route`.

    Returns
    -------
    dict
        `route`, `steps` and the rest; `route` is None and `missing` lists the facts where facts leave it open.

    Raises
    ------
    InputFault
        If a name is unknown, a value doesn't fit, or the pack tells no body.
    """
    day = as_of or book.latest_change
    try:
        plan = plan_route(book, instrument, jurisdiction, given, as_of=day, file=file)
        document = {**plan_as_dict(book, plan), "missing": []}
    except RouteOpen as fault:
        document = {"route": None, "steps": [], "missing": list(fault.missing), "reason": fault.message}
    return {**document, "as_of": day.isoformat(), "pack": _pack_dict(book)}


def _pack_dict(book: PolicyBook) -> dict[str, str]:
    return {"id": book.pack.id, "version": book.pack.manifest.version, "digest": book.pack.digest}


_STATUS = {"decided": "已有结论", "needs_data": "资料不足", "conflict": "须由人裁定"}
_BASIS = {"seed": "意见", "law": "法律法规", "default": "默认做法"}


def say_decision(document: Mapping[str, Any]) -> list[str]:
    """Return a decision in lines for a reader."""
    strength = "" if document["strength"] == "firm" else "（含默认做法或未核实条目）"
    lines = [f"{document['title']}：{_STATUS[document['status']]}{strength} {document['reason']}".rstrip()]
    lines += [f"  {item['row']} {item['text']}" for item in document["outcomes"]]
    lists = (
        ("允许的处置", "bound"),
        ("须报", "escalate"),
        ("须先办", "block"),
        ("材料", "documents"),
        ("尚缺事实", "missing_titles"),
        ("不得免除", "never_waived"),
    )
    lines += [f"  {title}：{'、'.join(document[key])}" for title, key in lists if document[key]]
    lines += [f"  依据：{item['source']} {item['clause']} {item['says']}" for item in document["citations"]]
    for item in document["rejected"]:
        facts = "，".join(str(value) for value in item["facts"].values())
        lines.append(f"  不适用 {item['row']}：须{item['needs']}，现为{facts}")
    return [*lines, f"  {document['advice']}（{document['competent']}）"]


def say_route(document: Mapping[str, Any]) -> list[str]:
    """Return a route in lines for a reader."""
    if not document["route"]:
        return [str(document["reason"]), f"  尚缺事实：{'、'.join(document['missing'])}"]
    lines = [f"{document['title']}（{document['jurisdiction']}）"]
    lines += [
        f"  前置：{item['text']}（{_BASIS[item['basis']]} {item['clause']}）" for item in document["preconditions"]
    ]
    for number, step in enumerate(document["steps"], start=1):
        marks = [f"{_BASIS[step['basis']]} {step['clause']}"]
        if step["days"] is not None:
            own = "默认" if step["days_basis"] == "default" else ""
            marks.append(f"{own}{step['days']}{'个工作日' if step['day_kind'] == 'working' else '日'}")
        marks += ["关口"] * step["gate"] + ["可省略"] * step["optional"] + ([step["when"]] if step["when"] else [])
        lines.append(f"  {number}. {step['kind_title']}　{step['body']}（{'；'.join(marks)}）")
    return lines
