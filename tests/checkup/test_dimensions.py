"""The indicator system of eight dimensions is the one the policy names."""

from __future__ import annotations

from collections import Counter

import pytest

from huancheng.checkup import load_ruleset
from huancheng.policy.book import load_book


@pytest.mark.requirement("5.1-2")
def test_the_systems_dimensions_are_the_eight_of_the_policy_in_its_order_and_hold_every_indicator():
    _, requirement = load_book("liaocheng-2023").citations.requirements["5.1-2"]
    named = requirement.text.split("：")[1].split("；")
    system = load_ruleset("national-2022").system
    assert [group.name for group in system.groups] == named
    assert len(named) == 8
    held = Counter(indicator.group for indicator in system.indicators)
    assert held == {group.name: group.indicators for group in system.groups}
