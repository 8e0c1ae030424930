"""How figures, dates and marks are printed: one place, so that every document prints them alike."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date

from huancheng.evidence import Certainty, Provenance, State
from huancheng.report.document import Span, Text, text

MISSING = "缺数据"
NOT_APPLICABLE = "不适用"
UNKNOWN = "unknown"
"""Key of the share that has no value, among shares of provenance."""
BADGE = "（待核）"
"""Stands beside every number that is implied, recalled or proposed."""

_COUNTED = frozenset(
    (
        "个",
        "栋",
        "套",
        "户",
        "人",
        "处",
        "公里数",
        "家",
        "起",
        "件",
        "座",
        "条",
        "站",
        "学位",
        "places",
        "项",
        "吨",
        "平方米",
        "辆",
    ),
)
CERTAINTY_LABELS: Mapping[str, str] = {
    Certainty.CONFIRMED: "已核实",
    Certainty.READ: "有出处",
    Certainty.IMPLIED: "按含义推定",
    Certainty.RECALLED: "凭记忆，待核",
    Certainty.PROPOSED: "本系统建议，待核",
}


def format_number(amount: float, unit: str = "") -> str:
    """Print a number with thousands: whole ones whole, others with the decimals that three or four figures need."""
    if float(amount).is_integer():
        return f"{round(amount):,}"
    size = abs(amount)
    decimals = 0 if size >= 10_000 else 1 if size >= 100 else 2  # noqa: PLR2004 - figures worth reading
    if 0 < size < 0.1:  # noqa: PLR2004
        decimals = min(6, 1 - math.floor(math.log10(size)))
    printed = f"{amount:,.{decimals}f}"
    return printed.rstrip("0").rstrip(".") if unit in _COUNTED and "." in printed else printed


def format_amount(amount: float | None, unit: str, state: str = State.KNOWN) -> str:
    """Print a figure with its unit, or the word for a value that is missing or does not apply."""
    if state == State.NOT_APPLICABLE:
        return NOT_APPLICABLE
    if state == State.MISSING or amount is None or math.isnan(amount):
        return MISSING
    return with_unit(format_number(amount, unit), unit)


def with_unit(number: str, unit: str) -> str:
    """Set a unit behind a number: % close, words after a thin space."""
    if not unit:
        return number
    return f"{number}{unit}" if unit.startswith("%") else f"{number} {unit}"


def format_share(share: float) -> str:
    """Print a share between 0 and 1 as a percentage; what is not nothing is never printed as 0 %."""
    percent = share * 100
    if 0 < percent < 0.1:  # noqa: PLR2004
        return "<0.1%"
    if 99.9 < percent < 100:  # noqa: PLR2004
        return ">99.9%"
    return f"{percent:.1f}%".replace(".0%", "%")


def format_date(day: str | date) -> str:
    """Print a day as 2026年11月22日; an empty text stays empty."""
    if not day:
        return ""
    when = day if isinstance(day, date) else date.fromisoformat(str(day)[:10])
    return f"{when.year}年{when.month}月{when.day}日"


def badge(certainty: str) -> str:
    """Return the mark an unverified number carries, or nothing."""
    return BADGE if certainty and Certainty(certainty).needs_badge else ""


def provenance_mark(provenance: str) -> str:
    """Return the letter of a provenance, or nothing where none is known."""
    return Provenance(provenance).mark if provenance else ""


def marked_amount(amount: float | None, unit: str, state: str, provenance: str) -> Text:
    """Return a figure with its provenance letter raised behind it."""
    return text(format_amount(amount, unit, state), Span(provenance_mark(provenance), raised=True))


def format_shares(shares: Mapping[str, float]) -> str:
    """Print provenance shares from the greatest down, what is unknown last: 推算 83.1%，未知 16.9%."""
    ranked = sorted(shares.items(), key=lambda item: (item[0] == UNKNOWN, -item[1], item[0]))
    labels = {member.value: member.label for member in Provenance} | {UNKNOWN: "未知"}
    return "，".join(f"{labels[name]} {format_share(share)}" for name, share in ranked if share > 0)


def provenance_legend() -> str:
    """Return the key to the raised letters and to the badge."""
    letters = "，".join(f"{member.mark} {member.label}" for member in Provenance)
    return f"数字右上角字母表示来源：{letters}。{BADGE}表示该目标或分级尚未与官方文本核对，使用前须核实。"


def chinese_list(names: Sequence[str]) -> str:
    """Join names as a sentence does: 甲、乙和丙."""
    if len(names) <= 1:
        return "".join(names)
    return f"{'、'.join(names[:-1])}和{names[-1]}"
