"""Drawing units: from a city and a rule profile to a plan with its certificate."""

from huancheng.units.drawing.by_hand import certify_drawn
from huancheng.units.drawing.computed import compute_units
from huancheng.units.drawing.pipeline import DrawOptions, draw_units, lay_city

__all__ = ["DrawOptions", "certify_drawn", "compute_units", "draw_units", "lay_city"]
