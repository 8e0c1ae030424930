"""Gaps, overlaps and unreachable rows of decision tables, proved over finite domains."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from huancheng.evidence import Basis
from huancheng.policy.book import PolicyBook
from huancheng.policy.check.findings import Finding, Findings
from huancheng.policy.facts import exact
from huancheng.policy.tables.boxes import Box, Space, make_space, meet, subtract
from huancheng.policy.tables.decide import CompiledTable
from huancheng.policy.tables.model import HitPolicy, Row

_MUST_COVER = frozenset({HitPolicy.UNIQUE, HitPolicy.FIRST, HitPolicy.PRIORITY})


def check_tables(book: PolicyBook) -> Findings:
    """Yield the findings of all tables."""
    for compiled in book.compiled.values():
        yield from _check_table(book, compiled)


def _check_table(book: PolicyBook, compiled: CompiledTable) -> Findings:
    table = compiled.table
    current = compiled.as_of(book.latest_change)
    space = make_space([item.condition for item in current.rows], table.inputs, book.catalogue)
    boxes = {item.row.id: space.boxes(item.condition) for item in current.rows}
    rows = [item.row for item in current.rows]
    for row in rows:
        if not row.cites:
            yield _finding(
                book,
                f"{compiled.table.id}/{row.id}",
                "uncited_row",
                "the row cites nothing",
                "add `cites:` with a requirement (7.1-3) or a provision (civil-code/278)",
            )
        if not boxes[row.id]:
            yield _finding(
                book,
                f"{compiled.table.id}/{row.id}",
                "unreachable_row",
                "the row's conditions contradict each other",
                "mend or remove the row",
            )
        yield from _parameters(book, compiled, row)
    yield from _unreachable(book, compiled, rows, boxes)
    yield from _overlaps(book, compiled, rows, boxes, space)
    if table.hit in _MUST_COVER and not table.open_reason:
        left = subtract([space.whole], [box for row in rows for box in boxes[row.id]])
        if left:
            yield _finding(
                book,
                compiled.table.id,
                "gap",
                f"no row covers the case: {space.say(left[0])}",
                "add a row for it, or say under `open_reason` why the table leaves it open",
            )


def _parameters(book: PolicyBook, compiled: CompiledTable, row: Row) -> Findings:
    """Yield numbers that repeat a parameter of the same source, and firm rows that rest on a default parameter."""
    key = f"{compiled.table.id}/{row.id}"
    condition = next(item.condition for item in compiled.rows if item.row.id == row.id)
    for test in condition.tests():
        for name in test.parameters:
            parameter = book.parameters[name]
            if row.is_firm and (parameter.basis is Basis.DEFAULT or parameter.certainty.needs_badge):
                cure = "give the row basis: default, or the parameter its source"
                yield _finding(
                    book, key, "weaker_parameter", f"the row is firm and rests on {name}, which is not", cure
                )
        operands = test.operand if isinstance(test.operand, frozenset) else {test.operand}
        for parameter in book.parameters if not test.parameters else ():
            if set(parameter.cites) & set(row.cites) and _same(parameter.value, operands):
                yield _finding(
                    book,
                    key,
                    "repeated_parameter",
                    f"the number for {test.fact} repeats the parameter {parameter.id}, which would not change it",
                    f"write {{parameter: {parameter.id}}}",
                )


def _same(value: Any, operands: Iterable[Any]) -> bool:
    if isinstance(value, bool | str):
        return False
    return any(not isinstance(item, bool) and item == exact(value) for item in operands)


def _beats(by: Row, row: Row) -> bool:
    if row.id in by.exception_to:
        return True
    return by.priority > row.priority and by.id not in row.exception_to


def _unreachable(book: PolicyBook, compiled: CompiledTable, rows: list[Row], boxes: dict[str, list[Box]]) -> Findings:
    hit = compiled.table.hit
    if hit not in (HitPolicy.FIRST, HitPolicy.PRIORITY):
        return
    for position, row in enumerate(rows):
        stronger = (
            rows[:position] if hit is HitPolicy.FIRST else [by for by in rows if by is not row and _beats(by, row)]
        )
        cuts = [box for by in stronger for box in boxes[by.id]]
        if boxes[row.id] and not subtract(boxes[row.id], cuts):
            names = ", ".join(by.id for by in stronger)
            yield _finding(
                book,
                f"{compiled.table.id}/{row.id}",
                "unreachable_row",
                f"the rows {names} leave nothing for this row",
                "move it up, narrow the others, or remove it",
            )


def _overlaps(
    book: PolicyBook, compiled: CompiledTable, rows: list[Row], boxes: dict[str, list[Box]], space: Space
) -> Findings:
    hit = compiled.table.hit
    if hit not in (HitPolicy.UNIQUE, HitPolicy.PRIORITY):
        return
    for left, right in combinations(rows, 2):
        if hit is HitPolicy.PRIORITY and (left.outcome == right.outcome or _beats(left, right) or _beats(right, left)):
            continue
        both = [box for a in boxes[left.id] for b in boxes[right.id] if (box := meet(a, b)) is not None]
        if hit is HitPolicy.PRIORITY:
            stronger = [by for by in rows if _beats(by, left) or _beats(by, right)]
            both = subtract(both, [box for by in stronger for box in boxes[by.id]])
        if both:
            yield _finding(
                book,
                f"{compiled.table.id}/{right.id}",
                "overlap",
                f"the rows {left.id} and {right.id} both match: {space.say(both[0])}",
                "narrow one of them, or give a priority or exception",
            )


def _finding(book: PolicyBook, key: str, kind: str, message: str, cure: str) -> Finding:
    return Finding(kind, message, book.tables.origin(key), key, cure)
