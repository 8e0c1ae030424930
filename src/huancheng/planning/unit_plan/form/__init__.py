"""The form of a unit plan: what nobody can compute."""

from huancheng.planning.unit_plan.form.model import MoneyLine, PlannedFacility, PlannedParcel, PlannedProject, UnitForm
from huancheng.planning.unit_plan.form.reading import read_form
from huancheng.planning.unit_plan.form.template import write_form

__all__ = [
    "MoneyLine",
    "PlannedFacility",
    "PlannedParcel",
    "PlannedProject",
    "UnitForm",
    "read_form",
    "write_form",
]
