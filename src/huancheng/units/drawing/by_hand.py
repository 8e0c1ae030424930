"""Units drawn by a planner: the same audit, figures and certificate, nothing redrawn."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd

from huancheng.evidence import InputFault
from huancheng.policy.provisions.unit_rules import UnitRules
from huancheng.units.certificate import Proof, Source, UnitDrawing
from huancheng.units.certificate.read import number_units
from huancheng.units.problem import Aside, Ground
from huancheng.units.problem.region import weigh_terms


def certify_drawn(
    ground: Ground,
    rules: UnitRules,
    blocks: gpd.GeoDataFrame,
    assignment: Mapping[str, str] | pd.Series[str],
    *,
    title: str,
    as_of: str,
    sources: tuple[Source, ...] = (),
) -> UnitDrawing:
    """Return a plan as it was drawn, under the audit of a profile.

    Parameters
    ----------
    ground, rules
        What it lies on, and what it is tested by; nothing is refused, every breach is told.
    blocks
        In the ground's order, for figures and maps.
    assignment
        Name of the unit of each block, by id of the block; blocks not named or with an empty name are in none.
    title, as_of, sources
        For the certificate.

    Raises
    ------
    InputFault
        If a block is named that is not there, or no block is in a unit.
    """
    given = {str(block): str(name) for block, name in dict(assignment).items() if name and not pd.isna(name)}
    if strange := sorted(set(given) - set(ground.ids)):
        raise InputFault(
            f"{strange[0]!r} is no block", file="assignment", field="block", cure="name blocks of this run"
        )
    if not given:
        raise InputFault("no block is in a unit", file="assignment", cure="draw at least one unit over the blocks")
    unit, names = number_units([given.get(block, "") for block in ground.ids])
    outside = tuple(
        Aside(int(block), "not_drawn", "未划入任何单元", "drawn into no unit") for block in np.flatnonzero(unit < 0)
    )
    terms, weights = weigh_terms(ground, rules, unit >= 0, (len(names), len(names)))
    return UnitDrawing(
        title, as_of, "drawn", ground, rules, terms, weights, unit, names, blocks, Proof("drawn"), outside,
        sources=sources,
    )  # fmt: skip
