"""What a snapshot can and can't support."""

from huancheng.city.inspect.report import ColumnFinding, Inspection, LayerFinding, Verdict, inspect_snapshot
from huancheng.city.inspect.rules import SupportRule, support_rules

__all__ = [
    "ColumnFinding",
    "Inspection",
    "LayerFinding",
    "SupportRule",
    "Verdict",
    "inspect_snapshot",
    "support_rules",
]
