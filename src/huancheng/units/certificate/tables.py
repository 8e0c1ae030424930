"""The tables of a result folder as text: the same plan gives the same bytes."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd

from huancheng.units.certificate.drawing import UnitDrawing
from huancheng.units.certificate.reasons import LINES, BorderReasons


def assignment_table(drawing: UnitDrawing) -> pd.DataFrame:
    """Return `block`, `unit`; the unit is empty where a block is set aside."""
    return pd.DataFrame({"block": drawing.ground.ids, "unit": unit_of_blocks(drawing)})


def unit_of_blocks(drawing: UnitDrawing) -> list[str]:
    """Return the name of each block's unit; empty where there is none."""
    return [drawing.names[number] if number >= 0 else "" for number in drawing.unit]


def blocks_table(drawing: UnitDrawing) -> pd.DataFrame:
    """Return every figure of a block that a rule or term asks for, as they were used."""
    ground = drawing.ground
    columns: dict[str, object] = {"id": ground.ids, "x": ground.places[:, 0], "y": ground.places[:, 1]}
    columns |= dict(ground.quantities)
    columns |= {"weight": drawing.weights, "lock": ground.locked}
    columns |= {f"zone:{kind}": names for kind, names in sorted(ground.zones.items())}
    for facility, (residents, beyond) in sorted(ground.residents.items()):
        columns |= {f"residents:{facility}": residents, f"beyond:{facility}": beyond}
    columns |= {f"profile:{name}": ground.profile[:, place] for place, name in enumerate(ground.profile_names)}
    return pd.DataFrame(columns)


def links_table(drawing: UnitDrawing) -> pd.DataFrame:
    """Return `rule`, `name`, `block`: what belongs together."""
    rows = [
        (link.rule, link.name, drawing.ground.ids[member]) for link in drawing.ground.links for member in link.members
    ]
    return pd.DataFrame(rows, columns=["rule", "name", "block"], dtype="string")


def borders_table(drawing: UnitDrawing) -> pd.DataFrame:
    """Return every pair of neighbours with its border; `code` and `reason` where they lie in different units."""
    ground, pairs = drawing.ground, drawing.ground.pairs
    ids = np.array(ground.ids, dtype=object)
    homes = np.array(unit_of_blocks(drawing), dtype=object)
    reasons = BorderReasons(drawing)
    apart = drawing.unit[pairs.first] != drawing.unit[pairs.second]
    found = {int(pair): reasons.of(int(pair)) for pair in np.flatnonzero(apart)}
    lines = [LINES.get(str(kind), str(kind)) for kind in pairs.along]
    return pd.DataFrame(
        {
            "a": ids[pairs.first], "b": ids[pairs.second],
            "unit_a": homes[pairs.first], "unit_b": homes[pairs.second],
            "length": pairs.length, "free": pairs.free, "along": pairs.along, "separator": pairs.separator,
            "bridge": pairs.bridge, "joins": pairs.joins,
            "code": [found[pair].code if pair in found else "" for pair in range(len(pairs))],
            "reason": [f"{lines[pair]}；{found[pair].words}" if pair in found else "" for pair in range(len(pairs))],
        }
    )  # fmt: skip


def audit_table(drawing: UnitDrawing) -> pd.DataFrame:
    """Return the audit."""
    return pd.DataFrame([asdict(row) for row in drawing.audit])


def as_csv(table: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8 with line feeds; numbers as the shortest text that gives them back."""
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8")
