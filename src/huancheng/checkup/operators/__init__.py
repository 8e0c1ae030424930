"""The operators: from an indicator's parameters and a city to a figure in parts."""

from huancheng.checkup.operators.measuring import measure_indicator
from huancheng.checkup.operators.parts import Combination, Measured, Parts

__all__ = ["Combination", "Measured", "Parts", "measure_indicator"]
