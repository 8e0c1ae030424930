"""`units.json`: the certificate as one document."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import Any

from huancheng.units.certificate.drawing import UnitDrawing

FORMAT = 1


def certificate_document(drawing: UnitDrawing, files: dict[str, str]) -> dict[str, Any]:
    """Return the certificate.

    Parameters
    ----------
    drawing
        The plan.
    files
        SHA-256 of every other file of the folder, by name.
    """
    proof, parts = drawing.proof, drawing.parts
    return {
        "format": FORMAT,
        "title": drawing.title,
        "as_of": drawing.as_of,
        "method": drawing.method,
        "units": drawing.units,
        "units_bound": proof.units_bound,
        "count": proof.count,
        "objective": {
            "kind": drawing.rules.objective,
            "value": drawing.objective,
            "parts": [
                {
                    "term": term.name, "value": parts[term.name], "weight": term.weight, "scale": term.scale,
                    "coefficient": term.coefficient, "weighted": term.coefficient * parts[term.name],
                }
                for term in drawing.terms
            ],
        },
        "bound": proof.bound,
        "bound_of": proof.bound_of,
        "bound_conditions": _conditions(drawing),
        "gap": drawing.gap,
        "status": proof.status,
        "greedy": proof.greedy,
        "compared": list(proof.compared),
        "seed": proof.seed,
        "work": {"limit": proof.limit, "stages": list(proof.stages)},
        "audit": _audit_counts(drawing),
        "blocks": {"total": drawing.ground.size, "in_units": int((drawing.unit >= 0).sum())},
        "aside": [{**asdict(item), "block": drawing.ground.ids[item.block]} for item in drawing.aside],
        "split_links": [
            {"rule": link.rule, "name": link.name, "blocks": [drawing.ground.ids[member] for member in link.members]}
            for link in drawing.split_links
        ],
        "profile": drawing.rules.model_dump(mode="json"),
        "edits": list(drawing.edits),
        "sources": [asdict(source) for source in drawing.sources],
        "crs": drawing.blocks.crs.to_string(),
        "files": files,
    }  # fmt: skip


def _audit_counts(drawing: UnitDrawing) -> dict[str, Any]:
    counts = Counter((row.force, row.holds) for row in drawing.audit)
    return {
        force: {holds: counts[force, holds] for holds in ("yes", "no", "needs_data", "not_applicable")}
        for force in ("firm", "shown")
    } | {"holds": drawing.holds}


def _conditions(drawing: UnitDrawing) -> list[str]:
    """Say under which rules of the model a bound holds."""
    if drawing.proof.bound is None:
        return []
    said = ["下界对本规则集、本街块与本单元数范围有效 (for these rules, blocks and range of numbers)"]
    said += [
        f"以“{rule.title} {rule.high:g} 米”为前提 (given the assignment radius)"
        for rule in drawing.rules.rules
        if rule.kind == "radius" and isinstance(rule.high, float) and drawing.rules.objective == "compact"
    ]
    return said
