"""An indicator by district, street or community, in classes: the stored values, classed as documents class them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huancheng.evidence import State
from huancheng.platform.checkups.models import CheckupRunRecord, IndicatorValue
from huancheng.report.numerals import format_number

if TYPE_CHECKING:
    from huancheng.report.drawing.classes import Classes

KINDS = ("county", "managed_area", "street", "community")
"""Kinds of scope that are areas of the map."""


@dataclass(frozen=True, slots=True)
class Choropleth:
    """What the map and the table beside it draw.

    Parameters
    ----------
    title, unit, as_of, note
        What is shown.
    classes
        Words and colour of each class, from the lowest up.
    areas
        For each area: id, name, words of its value, and class (-1 zero, -2 unknown or not applicable).
    """

    title: str
    unit: str
    as_of: str
    note: str
    provenance: str
    classes: list[dict[str, Any]]
    areas: list[dict[str, Any]]


def kinds_of(run: CheckupRunRecord) -> dict[str, list[str]]:
    """Return for each indicator of a run the kinds of area it has values for."""
    pairs = (
        IndicatorValue.objects.filter(run=run, scope_kind__in=KINDS, state=State.KNOWN.value)
        .order_by()
        .values_list("indicator", "scope_kind")
        .distinct()
    )
    found: dict[str, list[str]] = {}
    for indicator, kind in pairs:
        found.setdefault(indicator, []).append(kind)
    return {indicator: sorted(kinds, key=KINDS.index) for indicator, kinds in found.items()}


def choropleth_of(run: CheckupRunRecord, indicator: str, kind: str) -> Choropleth | None:
    """Return an indicator by area; None where the run has no value of that kind for it."""
    import numpy as np

    from huancheng.report.drawing.classes import classify

    rows = list(
        IndicatorValue.objects.filter(run=run, indicator=indicator, scope_kind=kind)
        .exclude(scope_id="")
        .only("scope_id", "scope_name", "amount", "state", "name", "unit", "as_of", "provenance", "position")
    )
    if not rows:
        return None
    amounts = np.array([np.nan if row.amount is None else row.amount for row in rows], np.float64)
    classes = classify(amounts)
    index = classes.index(amounts)
    first = next((row for row in rows if row.provenance), rows[0])
    return Choropleth(
        title=first.name,
        unit=first.unit,
        as_of=first.as_of,
        note="",
        provenance=first.provenance,
        classes=_classes(classes, index, first.unit),
        areas=[
            {"id": row.scope_id, "name": row.scope_name, "class": int(place), "words": _words(row)}
            for row, place in zip(rows, index, strict=True)
        ],
    )


def _classes(classes: Classes, index: Any, unit: str) -> list[dict[str, Any]]:
    from huancheng.report.drawing.classes import RAMP

    if not (index >= 0).any():
        return []
    pairs = zip(classes.labels(unit), classes.colours(), strict=True)
    return [
        {"words": words, "colour": colour, "rank": RAMP.index(colour), "areas": int((index == place).sum())}
        for place, (words, colour) in enumerate(pairs)
    ]


def _words(row: IndicatorValue) -> str:
    return "" if row.amount is None else format_number(row.amount, row.unit)
