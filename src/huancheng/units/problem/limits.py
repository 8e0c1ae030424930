"""The firm ranges of a profile as linear limits over blocks."""

from __future__ import annotations

import numpy as np

from huancheng.policy.provisions.unit_rules import CompletenessRule, RangeRule, TitleRule, UnitRules, plain
from huancheng.units.problem.ground import Ground
from huancheng.units.solver import Limit


def firm_limits(ground: Ground, rules: UnitRules) -> tuple[Limit, ...]:
    """Return the limits no drawn unit breaks, in square metres, persons and households, named by their rules.

    What is unknown counts as nothing: it helps no unit over a floor. The audit says of such units that data is missing.
    """
    limits = []
    for rule in rules.of(RangeRule):
        if rule.force == "firm":
            low = None if rule.low is None else plain(rule.low) * rule.factor
            high = None if rule.high is None else plain(rule.high) * rule.factor
            limits.append(Limit(rule.id, np.nan_to_num(ground.quantities[rule.quantity]), low, high))
    for title in rules.of(TitleRule):
        if title.force == "firm":
            whole, part = (np.nan_to_num(ground.quantities[name]) for name in ("title_area", "legal_area"))
            limits.append(Limit(title.id, part - plain(title.low) * whole, 0.0, None))
    for share in rules.of(CompletenessRule):
        if share.force == "firm":
            whole, part = (np.nan_to_num(values) for values in ground.residents[share.facility])
            limits.append(Limit(share.id, part - plain(share.high) * whole, None, 0.0))
    return tuple(limits)
