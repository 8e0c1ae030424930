"""The form of a unit plan: what nobody can compute. `reading` and `template` read and write it as a workbook."""

from huancheng.planning.unit_form.model import MoneyLine, PlannedFacility, PlannedParcel, PlannedProject, UnitForm

__all__ = ["MoneyLine", "PlannedFacility", "PlannedParcel", "PlannedProject", "UnitForm"]
