"""The unit plan as a paper: docx and PDF with maps."""

from huancheng.report.unit_plan.deliver import write_unit_plan_report

__all__ = ["write_unit_plan_report"]
