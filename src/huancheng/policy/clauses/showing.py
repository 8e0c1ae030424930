"""Clauses, requirements and provisions shown with what rests on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huancheng.evidence import InputFault
from huancheng.policy.book import PolicyBook
from huancheng.policy.check.citations import all_citations
from huancheng.policy.clauses.model import Requirement
from huancheng.policy.clauses.official_text import OfficialText


def list_entries(book: PolicyBook, kind: str) -> list[dict[str, str]]:
    """Return id and title of every entry of a kind (`clauses`, `tables`, `instruments`, …)."""
    collection = next(item for item in book.collections if item.kind == kind)
    return [
        {"id": entry.id, "title": getattr(entry, "title", "") or getattr(entry, "heading", "")} for entry in collection
    ]


def show_reference(book: PolicyBook, name: str, text: OfficialText | None) -> dict[str, Any]:
    """Return a clause, requirement or provision with its citations and the office's official sentences.

    Raises
    ------
    InputFault
        If the pack has nothing of that name.
    """
    wanted = name.replace("（", "(").replace("）", ")").strip()
    users = _users(book)
    if wanted in book.clauses:
        clause = book.clauses[wanted]
        official = list(text.clauses.get(clause.id, ())) if text else []
        return {
            "clause": clause.id,
            "heading": clause.heading,
            "source": clause.source or book.source,
            "official": official,
            "requirements": [_requirement(item, users, text) for item in clause.requirements],
            "changes": [change.as_dict() for change in book.clauses.changes_of(clause.id)],
        }
    if wanted in book.citations.requirements:
        clause, item = book.citations.requirements[wanted]
        return {
            "clause": clause.id,
            "heading": clause.heading,
            "source": clause.source or book.source,
            "official": [],
            "requirements": [_requirement(item, users, text)],
            "changes": [],
        }
    if wanted in book.citations.provisions:
        return {**book.citations.as_dict(wanted), "cited_by": users.get(wanted, [])}
    raise InputFault(
        f"the pack {book.pack.id} has no clause, requirement or provision {name!r}",
        field="clause",
        cure="list them with `huancheng policy show --list clauses` or `--list law`",
    )


def _users(book: PolicyBook) -> dict[str, list[str]]:
    users: dict[str, list[str]] = {}
    for reference, _, key in all_citations(book):
        if key not in users.setdefault(reference, []):
            users[reference].append(key)
    return users


def _requirement(item: Requirement, users: Mapping[str, list[str]], text: OfficialText | None) -> dict[str, Any]:
    return {
        **item.model_dump(mode="json"),
        "official": text.sentence(item.id) if text else "",
        "cited_by": users.get(item.id, []),
    }


def say_reference(document: Mapping[str, Any]) -> list[str]:
    """Return what `show_reference` gave in lines for a reader."""
    if "reference" in document:
        users = "、".join(document["cited_by"]) or "无"
        return [
            f"{document['source']} {document['clause']}（{document['certainty']}）",
            f"  {document['says']}",
            f"  引用者：{users}",
        ]
    lines = [f"{document['source']} {document['clause']} {document['heading']}", *document["official"]]
    for item in document["requirements"]:
        actor = item["actor"] or f"意见未写明，默认 {item['default_actor']}"
        mark = "" if item["basis"] == "seed" else f"（默认做法，{item['certainty']}）"
        lines.append(f"  {item['id']} [{item['modality']}] {item['text']}{mark}（主体：{actor}）")
        if item["condition"]:
            lines.append(f"      条件：{item['condition']}")
        lines += [f"      留白 {blank['what']}：默认 {blank['default']}" for blank in item["blanks"]]
        lines += [f"      原文：{item['official']}"] if item["official"] else []
        lines += [f"      引用者：{'、'.join(item['cited_by'])}"] if item["cited_by"] else []
    return lines
