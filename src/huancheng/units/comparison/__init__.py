"""Plans side by side: figures, what they break, how far they agree, and what moved between them."""

from huancheng.units.comparison.agreement import Agreement, adjusted_rand, compare_pair
from huancheng.units.comparison.difference import BlockMove, moves_between
from huancheng.units.comparison.table import PlanFigures, figures_of, objectives_compare

__all__ = [
    "Agreement",
    "BlockMove",
    "PlanFigures",
    "adjusted_rand",
    "compare_pair",
    "figures_of",
    "moves_between",
    "objectives_compare",
]
