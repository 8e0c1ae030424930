"""The columns of a workbook of plans; the office reads and writes Chinese, whatever the language of the pages."""

from __future__ import annotations

from huancheng.platform.planning.models import PlanRecord

SHEET = "规划台账"
COLUMNS = {
    "kind": "类型",
    "title": "名称",
    "jurisdiction": "辖区",
    "state": "状态",
    "number": "批准文号",
    "approved_on": "批准日期",
    "valid_until": "规划期限",
    "evaluated_on": "上次评估日期",
    "evaluate_by": "下次评估期限",
    "trigger": "修编触发条件",
}
DAYS = ("approved_on", "valid_until", "evaluated_on", "evaluate_by")
MOST_ROWS = 2000
"""Rows beyond which it is no register of one city."""

WHOLE_CITY = "全市"
KINDS = {
    PlanRecord.Kind.MASTER.value: "国土空间总体规划",
    PlanRecord.Kind.REGULATORY.value: "控制性详细规划",
    PlanRecord.Kind.SPECIAL.value: "专项规划",
    PlanRecord.Kind.UNIT.value: "更新单元规划",
}
STATES = {
    PlanRecord.State.COMPILING.value: "编制中",
    PlanRecord.State.APPROVED.value: "已批准",
    PlanRecord.State.REVISING.value: "修编中",
    PlanRecord.State.REPEALED.value: "已废止",
}
