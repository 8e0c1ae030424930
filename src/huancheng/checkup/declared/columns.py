"""Columns and words of the template of declared values."""

from __future__ import annotations

from huancheng.evidence import State

SHEET = "填报表"
"""Sheet that holds the rows."""

COLUMNS = {
    "number": "序号",
    "indicator": "指标编号",
    "group": "层级（维度）",
    "name": "指标名称",
    "unit": "单位",
    "origin": "取得方式",
    "state": "状态",
    "amount": "数值",
    "as_of": "数据日期",
    "source": "数据来源",
    "bureau": "填报单位",
    "note": "备注",
}
"""Headers by field, in the template's order."""

REQUIRED = ("indicator", "name", "unit", "state", "amount", "as_of", "source", "bureau")
"""Fields without whose header a file is not read."""

STATES = {"已知": State.KNOWN, "缺失": State.MISSING, "不适用": State.NOT_APPLICABLE}
"""Allowed words for the state."""

ORIGINS = {"full": "可由数据计算，申报值仅供核对", "partial": "可部分计算，请申报", "no": "须申报"}
"""What is asked of the bureau, by how far map data can give the figure."""
