"""Special plans (专项规划): what they rest on, key areas, goals, units, and the whole city's sheet."""

from huancheng.planning.special_plan.consolidation import CityWideSheet, consolidate, write_sheet
from huancheng.planning.special_plan.difference import Change, differences
from huancheng.planning.special_plan.folder import read_special_plan, special_plan_document, write_special_plan
from huancheng.planning.special_plan.input import TEMPLATE, ReadInput, SpecialPlanInput, read_input
from huancheng.planning.special_plan.plan import SpecialPlan, compose_special_plan

__all__ = [
    "TEMPLATE",
    "Change",
    "CityWideSheet",
    "ReadInput",
    "SpecialPlan",
    "SpecialPlanInput",
    "compose_special_plan",
    "consolidate",
    "differences",
    "read_input",
    "read_special_plan",
    "special_plan_document",
    "write_sheet",
    "write_special_plan",
]
