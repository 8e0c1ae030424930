"""Our tables told to zen-engine, an independent rule engine: a witness, never a part of the product."""

from __future__ import annotations

import json
from fractions import Fraction

import zen

from huancheng.policy.conditions.model import AnyOf, Condition, Test
from huancheng.policy.tables.decide import CompiledTable
from huancheng.policy.tables.model import HitPolicy

_SIGNS = {"gte": ">=", "gt": ">", "lte": "<=", "lt": "<"}


def _literal(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, Fraction):
        decimal = f"{float(value):.12g}"
        return decimal if Fraction(decimal) == value else f"({value.numerator} / {value.denominator})"
    return str(value)


def _test(test: Test) -> str:
    if test.operator in _SIGNS:
        return f"$ {_SIGNS[test.operator]} {_literal(test.operand)}"
    if test.operator in ("in", "not_in"):
        items = ", ".join(_literal(item) for item in sorted(test.operand))
        return f"$ in [{items}]" if test.operator == "in" else f"not ($ in [{items}])"
    if test.operator in ("has", "lacks"):
        found = f"contains($, {_literal(test.operand)})"
        return found if test.operator == "has" else f"not ({found})"
    return f"$ {'==' if test.operator == 'eq' else '!='} {_literal(test.operand)}"


def _cells(condition: Condition) -> dict[str, str]:
    cells: dict[str, list[str]] = {}
    for part in condition.parts:
        if isinstance(part, AnyOf):
            facts = {test.fact for test in part.tests()}
            assert len(facts) == 1, "zen's cells ask one fact each"
            assert not part.negated
            words = " or ".join(" and ".join(_test(test) for test in item.tests()) for item in part.conditions)
            cells.setdefault(facts.pop(), []).append(words)
        else:
            cells.setdefault(part.fact, []).append(_test(part))
    return {fact: " and ".join(tests) for fact, tests in cells.items()}


def engine(tables: list[CompiledTable]) -> zen.ZenEngine:
    """Return an engine that knows the tables by id; each answers with the ids of matching rows."""
    contents = {compiled.table.id: _content(compiled) for compiled in tables}
    return zen.ZenEngine({"loader": contents.__getitem__})


def _content(compiled: CompiledTable) -> str:
    inputs = list(dict.fromkeys(name for item in compiled.rows for name in item.condition.facts))
    rules = [
        {"_id": item.row.id, "out": f"'{item.row.id}'", **dict.fromkeys(inputs, ""), **_cells(item.condition)}
        for item in compiled.rows
    ]
    table = {
        "hitPolicy": "first" if compiled.table.hit is HitPolicy.FIRST else "collect",
        "inputs": [{"id": name, "name": name, "field": name} for name in inputs],
        "outputs": [{"id": "out", "name": "row", "field": "row"}],
        "rules": rules,
    }
    nodes = [
        {"id": "a", "type": "inputNode", "name": "a"},
        {"id": "t", "type": "decisionTableNode", "name": "t", "content": table},
        {"id": "z", "type": "outputNode", "name": "z"},
    ]
    edges = [
        {"id": "1", "sourceId": "a", "targetId": "t", "type": "edge"},
        {"id": "2", "sourceId": "t", "targetId": "z", "type": "edge"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def rows(answer) -> list[str]:
    """Return the row ids of an engine's answer."""
    result = answer["result"]
    found = result if isinstance(result, list) else [result] if result else []
    return [item["row"] for item in found if item]
