"""Conditions on facts in three-valued logic."""

from huancheng.policy.conditions.model import AnyOf, Condition, Test, Truth
from huancheng.policy.conditions.parse import parse_condition

__all__ = ["AnyOf", "Condition", "Test", "Truth", "parse_condition"]
