"""The lists of a check-up as sheets of a workbook: the rows pages show, all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huancheng.evidence import Provenance, State
from huancheng.platform.checkups.models import ActionRecord, IndicatorValue, ProblemRecord, ScopeKind
from huancheng.report.writers.sheets import Cell, Sheet, SheetColumn

_STATES = {State.KNOWN.value: "有数值", State.MISSING.value: "缺数据", State.NOT_APPLICABLE.value: "不适用"}
FIGURES = (
    SheetColumn("编号", 12), SheetColumn("维度", 14), SheetColumn("指标", 34), SheetColumn("范围类别", 12),
    SheetColumn("范围", 20), SheetColumn("数值", 14), SheetColumn("单位", 12), SheetColumn("状态", 10),
    SheetColumn("标准", 16), SheetColumn("评价", 10), SheetColumn("来源方式", 10), SheetColumn("数据日期", 12),
    SheetColumn("数据来源", 30), SheetColumn("说明", 60),
)  # fmt: skip
PROBLEMS = (
    SheetColumn("编号", 26), SheetColumn("维度", 14), SheetColumn("指标", 30), SheetColumn("问题", 34),
    SheetColumn("范围", 20), SheetColumn("结果", 12), SheetColumn("判定理由", 44), SheetColumn("整治建议", 44),
    SheetColumn("整治方式", 14), SheetColumn("责任单位", 22), SheetColumn("经度", 12), SheetColumn("纬度", 12),
)  # fmt: skip
ACTIONS = (
    SheetColumn("编号", 20), SheetColumn("维度", 14), SheetColumn("问题", 34), SheetColumn("结果", 12),
    SheetColumn("整治建议", 44), SheetColumn("整治方式", 14), SheetColumn("涉及范围", 50), SheetColumn("责任单位", 22),
)  # fmt: skip


def figure_sheet(name: str, rows: Iterable[IndicatorValue]) -> Sheet:
    """Return figures as a sheet."""
    return Sheet(name, FIGURES, _figures(rows))


def problem_sheet(rows: Iterable[ProblemRecord]) -> Sheet:
    """Return the problem list as a sheet."""
    return Sheet("问题清单", PROBLEMS, _problems(rows))


def action_sheet(rows: Iterable[ActionRecord]) -> Sheet:
    """Return the action list as a sheet."""
    return Sheet("整治建议清单", ACTIONS, _actions(rows))


def _figures(rows: Iterable[IndicatorValue]) -> Iterator[list[Cell]]:
    for row in rows:
        how, kind = Provenance(row.provenance).label if row.provenance else "", str(ScopeKind(row.scope_kind).label)
        yield [
            row.indicator, row.group, row.name, kind, row.scope_name, row.amount, row.unit,
            _STATES[row.state], row.target, row.grade, how, row.as_of, row.source, row.note,
        ]  # fmt: skip


def _problems(rows: Iterable[ProblemRecord]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            row.key, row.group, row.indicator_name, row.problem, row.scope_name, row.value_text, row.reason,
            row.action, row.action_type, row.responsible, round(row.longitude, 6), round(row.latitude, 6),
        ]  # fmt: skip


def _actions(rows: Iterable[ActionRecord]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [
            row.key, row.group, row.problem, row.result, row.action, row.action_type, row.area, row.responsible,
        ]  # fmt: skip
