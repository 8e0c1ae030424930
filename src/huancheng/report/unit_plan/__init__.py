"""The unit plan as a paper: docx and PDF with maps."""

from huancheng.report.unit_plan.deliver import UnitPlanFiles, write_unit_plan_report

__all__ = ["UnitPlanFiles", "write_unit_plan_report"]
