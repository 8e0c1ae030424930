"""Borders between blocks, summed to one row a pair and judged by the profile's separators."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from huancheng.policy.provisions.unit_rules import ContiguityRule, SeparatorRule, UnitRules, plain
from huancheng.units.problem.ground import Pairs

_CENTIMETRE = 2


def sum_pairs(borders: pd.DataFrame, number: Mapping[str, int], rules: UnitRules) -> Pairs:
    """Return the pairs of neighbours.

    Two blocks join where the border they share off every separator is long enough, or a bridge leads across and the
    rule lets it join.

    Parameters
    ----------
    borders
        `a`, `b`, `length`, `along`, `separator`, `bridge`: one row for each pair and kind of border.
    number
        Numbers of the blocks by id.
    rules
        The profile.
    """
    a = borders["a"].map(number).to_numpy(dtype=np.int64)
    b = borders["b"].map(number).to_numpy(dtype=np.int64)
    table = pd.DataFrame(
        {
            "first": np.minimum(a, b), "second": np.maximum(a, b),
            "length": borders["length"].to_numpy(dtype=np.float64).round(_CENTIMETRE),
            "along": borders["along"].astype(str).to_numpy(),
            "bridge": borders["bridge"].to_numpy(dtype=bool),
        }
    )  # fmt: skip
    by_line = {rule.along: rule for rule in rules.of(SeparatorRule) if rule.force == "firm"}
    parting = borders["separator"].to_numpy(dtype=bool)
    rule_of = [
        by_line[line].id if cut and line in by_line else "" for line, cut in zip(table["along"], parting, strict=True)
    ]
    table["rule"] = rule_of
    table["lets"] = [
        bridge and (not rule or by_line[line].bridges == "join")
        for bridge, rule, line in zip(table["bridge"], rule_of, table["along"], strict=True)
    ]
    table["open"] = np.where(table["rule"] == "", table["length"], 0.0)
    table["free"] = np.where(table["along"] == "none", table["length"], 0.0)
    table = table.sort_values(["first", "second", "length", "along"], ascending=[True, True, False, True])
    found = table.groupby(["first", "second"], sort=True).agg(
        length=("length", "sum"), free=("free", "sum"), open=("open", "sum"), along=("along", "first"),
        bridge=("bridge", "any"), lets=("lets", "any"), rule=("rule", "max"),
    ).reset_index()  # fmt: skip
    enough = found["open"].to_numpy() >= plain(rules.of(ContiguityRule)[0].least_border)
    joins = enough | found["lets"].to_numpy(dtype=bool)
    return Pairs(
        found["first"].to_numpy(dtype=np.int64), found["second"].to_numpy(dtype=np.int64),
        found["length"].to_numpy(dtype=np.float64).round(_CENTIMETRE),
        found["free"].to_numpy(dtype=np.float64).round(_CENTIMETRE),
        found["along"].to_numpy(dtype=object),
        np.where(enough, "", found["rule"].to_numpy(dtype=object)),
        found["bridge"].to_numpy(dtype=bool), joins,
    )  # fmt: skip
