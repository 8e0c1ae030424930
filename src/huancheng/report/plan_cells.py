"""Cells that the documents of plans share: figures with their mark, words with their light."""

from __future__ import annotations

from huancheng.evidence import Value
from huancheng.planning.completeness import Verdict
from huancheng.planning.consistency import Agreement
from huancheng.planning.unit_plan.red_lines import LineState
from huancheng.report.document import Lamp, Span, Text, text
from huancheng.report.numerals import format_number, marked_amount

_LINES = {
    LineState.HELD: Lamp.GOOD,
    LineState.BREACH: Lamp.BAD,
    LineState.WARNING: Lamp.WATCH,
    LineState.NEEDS_DATA: Lamp.WATCH,
    LineState.NOT_APPLICABLE: Lamp.NONE,
}
_AGREEMENTS = {
    Agreement.CONFORMS: Lamp.GOOD,
    Agreement.CONDITIONAL: Lamp.WATCH,
    Agreement.CONFLICTS: Lamp.BAD,
    Agreement.NEEDS_DATA: Lamp.WATCH,
}
_VERDICTS = {
    Verdict.MET: ("达标", Lamp.GOOD),
    Verdict.SHORT: ("不达标", Lamp.BAD),
    Verdict.NEEDS_DATA: ("待核实", Lamp.WATCH),
}


def figure(value: Value, *, digits: int | None = None) -> Text:
    """Return a value with unit and the letter of its provenance, or the word for its state."""
    amount = value.amount
    if amount is not None and digits is not None:
        amount = round(amount, digits)
    return marked_amount(amount, value.unit, value.state.value, value.provenance.value if value.provenance else "")


def bare(value: Value, *, digits: int = 0) -> Text:
    """Return a value without its unit, for columns whose head names it."""
    amount = None if value.amount is None else round(value.amount, digits) + 0.0
    return marked_amount(amount, "", value.state.value, value.provenance.value if value.provenance else "")


def line_state(state: LineState) -> Text:
    """Return the state of a red line in its light."""
    return text(Span(state.label, lamp=_LINES[state]))


def agreement(state: Agreement) -> Text:
    """Return an agreement in its light."""
    return text(Span(state.label, lamp=_AGREEMENTS[state]))


def verdict(state: Verdict) -> Text:
    """Return the verdict on an item in its light."""
    words, lamp = _VERDICTS[state]
    return text(Span(words, lamp=lamp))


def span_of(pair: tuple[float, float] | None) -> str:
    """Print a range of areas; — where no standard says."""
    if pair is None:
        return "—"
    low, high = (format_number(amount) for amount in pair)
    return low if low == high else f"{low}～{high}"
