"""Cells and phrases that several chapters print from a row of the value store."""

from __future__ import annotations

import re
from typing import Any

from huancheng.evidence import Certainty, State
from huancheng.report.document import Lamp, Span, Text, text
from huancheng.report.field_titles import format_provenance
from huancheng.report.numerals import badge, format_amount, marked_amount
from huancheng.report.results import SCOPE_LABELS, SystemResults, number, shares_of, words

_RULE = re.compile(r"（规则 [^（），]+(?:，(\w+))?）")
_CERTAINTY = re.compile(r"(计算参数|指标)：(\w+)")
_GOOD = ("很好", "较好", "优良", "优", "良")
_WATCH = ("一般", "中等", "中")
_BAD = ("不足", "差", "较差")
GRADE_ORDER = ("优良", "很好", "较好", "中等", "一般", "不足")
"""Grades from the best down, of every scale in use; the charts draw them in this order."""


def lamp_of(grade: str) -> Lamp:
    """Return the light of a grade."""
    if grade in _GOOD:
        return Lamp.GOOD
    if grade in _WATCH:
        return Lamp.WATCH
    return Lamp.BAD if grade in _BAD else Lamp.NONE


def result_text(row: Any) -> Text:
    """Return an indicator's figure with unit and provenance letter, or the word for its state."""
    return marked_amount(number(row.amount), words(row.unit), words(row.state), words(row.provenance))


def target_text(row: Any) -> Text:
    """Return the target with its badge where it is not verified; — where there is none."""
    target = words(row.target)
    return text(target, badge(words(row.target_certainty))) if target else text("—")


def grade_text(row: Any) -> Text:
    """Return the grade in its light with its badge; — where the indicator is not graded."""
    grade = words(row.grade)
    return text(Span(grade, lamp=lamp_of(grade)), badge(words(row.grade_certainty))) if grade else text("—")


def part_text(amount: object, name: str = "") -> Text:
    """Return a numerator or denominator with the words that name it; — where the figure has none."""
    value = number(amount)
    if value is None:
        return text("—")
    printed = format_amount(value, "")
    return text(f"{name} {printed}" if name else printed)


def is_known(row: Any) -> bool:
    """Whether the row has a figure."""
    return words(row.state) == State.KNOWN.value


def named(row: Any, item: SystemResults) -> Text:
    """Return an indicator's name, with a badge where the name itself is not verified."""
    definition = item.definitions.get(words(row.indicator))
    return text(words(row.name), badge(definition.certainty if definition else Certainty.PROPOSED))


def reason_text(reason: str) -> str:
    """Return a stored reason with the rule's id left out and its certainty told as the badge."""
    return _RULE.sub(lambda found: badge(found.group(1)) if found.group(1) else "", reason)


def note_text(note: str) -> str:
    """Return a stored note with certainties told as the badge."""
    return _CERTAINTY.sub(lambda found: f"{found.group(1)}{badge(found.group(2))}", note)


def place_text(row: Any) -> Text:
    """Return where a row speaks of: the kind of scope and its name."""
    kind, name = words(row.scope_kind), words(row.scope_name)
    return text(name or SCOPE_LABELS.get(kind, kind))


def provenance_text(row: Any) -> Text:
    """Return how each column read came to be known; — where there is no figure."""
    return text((format_provenance(shares_of(row.provenance_shares)) if is_known(row) else "") or "—")
