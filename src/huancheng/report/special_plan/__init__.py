"""The special plan as a paper: docx and PDF with maps."""

from huancheng.report.special_plan.deliver import write_special_plan_report

__all__ = ["write_special_plan_report"]
