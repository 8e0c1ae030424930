"""Units drawn by a planning institute, brought onto blocks: the same audit, figures and comparison as computed ones."""

from huancheng.units.drawn.account import DrawnAccount, UnitChange
from huancheng.units.drawn.fitting import Fitted, fit_units
from huancheng.units.drawn.importing import DrawnPlan, read_drawn

__all__ = ["DrawnAccount", "DrawnPlan", "Fitted", "UnitChange", "fit_units", "read_drawn"]
