"""`report.md`: the certificate in words, for a reader without a program."""

from __future__ import annotations

import pandas as pd

from huancheng.evidence import Basis, Certainty
from huancheng.policy.provisions.unit_rules import RulePart
from huancheng.units.certificate.drawing import UnitDrawing
from huancheng.units.certificate.figures import unit_frame

_METHODS = {"computed": "计算划定", "drawn": "编制单位划定", "edited": "人工调整"}
_STATUS = {
    "optimal": "已证明最优", "feasible": "可行，未证明最优", "stopped_by_time": "到时停止，可行",
    "cancelled": "中途取消，可行",
    "drawn": "未求解，仅检验", "edited": "未求解，仅检验",
}  # fmt: skip
_BASIS = {Basis.SEED: "意见原文", Basis.LAW: "法规标准", Basis.DEFAULT: "默认"}
_CERTAINTY = {
    Certainty.CONFIRMED: "已核对", Certainty.READ: "已读原文", Certainty.IMPLIED: "由文意推出",
    Certainty.RECALLED: "凭记忆，待核对", Certainty.PROPOSED: "本系统建议值",
}  # fmt: skip
_TERMS = {"compactness": "紧凑（到中位街块的加权平方距离）", "border": "不沿界线的边界长", "dissimilarity": "问题差异"}
_HOLDS = {"yes": "符合", "no": "不符合", "needs_data": "缺数据", "not_applicable": "不适用"}
_MOST = 40
"""Rows of what falls short that are printed; the rest stands in audit.csv."""


def report_text(drawing: UnitDrawing, audit: pd.DataFrame) -> str:
    """Return the report.

    Parameters
    ----------
    drawing
        The plan.
    audit
        Its audit.
    """
    outside = int((drawing.unit < 0).sum())
    lines = [
        f"# {drawing.title}更新单元划定证书", "",
        f"- 方法：{_METHODS[drawing.method]}；规则集：{drawing.rules.title}；数据日期：{drawing.as_of}",
        f"- 单元 {drawing.units} 个{_ceiling(drawing)}；街块 {drawing.ground.size} 个，未划入 {outside} 个",
        f"- 状态：{_STATUS.get(drawing.proof.status, drawing.proof.status)}；{_quality(drawing)}",
        f"- 刚性规则：{'全部符合' if drawing.holds else '有不符合项'}", "",
        "## 目标值", "", "| 项 | 数值 | 权重 | 尺度 | 计入目标 |", "|---|---:|---:|---:|---:|",
    ]  # fmt: skip
    for term in drawing.terms:
        value = drawing.parts[term.name]
        lines.append(
            f"| {_TERMS[term.name]} | {value:,.2f} | {term.weight:g} | {term.scale:,.6g} "
            f"| {term.coefficient * value:.6f} |"
        )
    lines += ["", *_rules(drawing), "", *_short(audit), "", *_units(drawing), "", *_aside(drawing)]
    if drawing.edits:
        lines += ["", "## 人工调整", "", *[f"{place}. {edit['words']}" for place, edit in enumerate(drawing.edits, 1)]]
    lines += ["", "## 来源", "", *[f"- {item.kind} {item.name}：sha256 {item.sha256}" for item in drawing.sources]]
    return "\n".join(lines) + "\n"


def _ceiling(drawing: UnitDrawing) -> str:
    bound = drawing.proof.units_bound
    return "" if bound is None else f"（任何方案至多 {bound} 个）"


def _quality(drawing: UnitDrawing) -> str:
    told = f"目标值 {drawing.objective:.6g}"
    if drawing.proof.bound is not None:
        told += f"，下界 {drawing.proof.bound:.6g}"
    if drawing.gap is not None:
        told += f"，差距至多 {drawing.gap:.2%}"
    greedy = drawing.proof.greedy
    if greedy and greedy.get("feasible"):
        told += f"；朴素做法 {greedy['units']} 个单元、目标值 {greedy['objective']:.6g}"
    return told


def _rules(drawing: UnitDrawing) -> list[str]:
    lines = ["## 规则", "", "| 规则 | 内容 | 效力 | 依据 | 说明 |", "|---|---|---|---|---|"]
    for rule in drawing.rules.rules:
        mark = f"{_BASIS[rule.basis]}（{_CERTAINTY[rule.certainty]}）"
        cites = "、".join(rule.cites)
        force = "刚性" if rule.force == "firm" else "逐单元检验并列出缺口"
        lines.append(f"| {rule.title} | {say_rule(rule)} | {force} | {mark} {cites} | {rule.note} |")
    return lines


def say_rule(rule: RulePart) -> str:
    """Return the numbers of a rule in words."""
    given = {
        name: getattr(rule, name)
        for name in (
            "low",
            "high",
            "target",
            "slack",
            "weight",
            "least_border",
            "least_share",
            "least_area",
            "bridges",
            "cases",
        )
        if getattr(rule, name, None) not in (None, ())
    }
    words = {
        "low": "下限", "high": "上限", "target": "目标公顷", "slack": "允许偏差", "weight": "权重",
        "least_border": "共边至少（米）",
        "least_share": "至少占比", "least_area": "至少平方米", "bridges": "有桥时", "cases": "情形",
    }  # fmt: skip
    values = {"join": "视为相连", "part": "仍分开"}
    said = []
    for name, value in given.items():
        shown = (
            f"{value:g}"
            if isinstance(value, float)
            else values.get(str(value), "、".join(map(str, value)) if isinstance(value, tuple) else str(value))
        )
        said.append(f"{words[name]} {shown}")
    return "，".join(said) + (f"（{rule.measure}）" if hasattr(rule, "measure") else "")


def _short(audit: pd.DataFrame) -> list[str]:
    lines = ["## 检验", ""]
    short = audit[audit["holds"].isin(["no", "needs_data"])]
    if short.empty:
        return [*lines, "全部规则符合。"]
    lines += ["| 单元 | 规则 | 数值 | 下限 | 上限 | 结果 | 效力 | 说明 |", "|---|---|---:|---:|---:|---|---|---|"]
    for row in short.head(_MOST).to_dict("records"):
        figure, low, high = (
            "" if pd.isna(value) else f"{value:,.6g}" for value in (row["value"], row["low"], row["high"])
        )
        force = "刚性" if row["force"] == "firm" else "列出"
        lines.append(
            f"| {row['unit']} | {row['title']} | {figure} {row['measure']} | {low} | {high} "
            f"| {_HOLDS[row['holds']]} | {force} | {row['note']} |"
        )
    if len(short) > _MOST:
        lines += ["", f"另有 {len(short) - _MOST} 项，见 audit.csv。"]
    return lines


def _units(drawing: UnitDrawing) -> list[str]:
    frame = unit_frame(drawing.ground, drawing.blocks, drawing.weights, drawing.unit, drawing.names)
    lines = [
        "## 单元",
        "",
        "| 单元 | 街块 | 面积（公顷） | 人口 | 容积率 | 边界沿线占比 |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for row in frame.to_dict("records"):
        people, far, lined = (row.get(name) for name in ("population", "far", "border_on_lines"))
        shown = [
            "缺" if value is None or pd.isna(value) else form.format(value)
            for value, form in ((people, "{:,.0f}"), (far, "{:.2f}"), (lined, "{:.0%}"))
        ]
        lines.append(f"| {row['unit']} | {row['blocks']} | {row['area'] / 10_000:,.2f} | {' | '.join(shown)} |")
    return lines


def _aside(drawing: UnitDrawing) -> list[str]:
    lines = ["## 未划入单元的街块与未能保全的关联", ""]
    lines += [f"- {drawing.ground.ids[item.block]}：{item.chinese}" for item in drawing.aside]
    lines += [f"- {link.name}（{link.rule}）：被分隔线或分区隔开，只在各侧保全" for link in drawing.split_links]
    return lines if len(lines) > 2 else [*lines, "无。"]  # noqa: PLR2004 - the heading and its empty line
