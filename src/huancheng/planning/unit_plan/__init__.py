"""Unit plans (单元规划): what is, what is planned, whether it holds, and what it still lacks (五(三))."""

from huancheng.planning.unit_form import UnitForm
from huancheng.planning.unit_form.reading import read_form
from huancheng.planning.unit_form.template import write_form
from huancheng.planning.unit_plan.folder import unit_plan_document, write_unit_plan
from huancheng.planning.unit_plan.plan import PlanOrder, UnitPlan, compose_unit_plan, pick_unit

__all__ = [
    "PlanOrder",
    "UnitForm",
    "UnitPlan",
    "compose_unit_plan",
    "pick_unit",
    "read_form",
    "unit_plan_document",
    "write_form",
    "write_unit_plan",
]
