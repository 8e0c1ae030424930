"""The list of what was repaired or refused on the way in: nothing disappears without a row here."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of the row."""

    REPAIRED = "repaired"
    """A geometry or a field was put right or emptied; what else became of the row, if anything, is another line."""
    REFUSED = "refused"
    """Not kept; the reason says why."""
    OUTSIDE = "outside"
    """Not kept because it lies outside the city's boundary; no fault of the row."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One row that was not taken as it stood.

    Parameters
    ----------
    layer
        Layer of the snapshot.
    source
        File name (and layer in the file) it came from.
    row
        Position or own id of the row in the source.
    field
        Column, or `geometry`.
    outcome
        Repaired, refused or outside.
    reason
        What was wrong and what was done, in one sentence.
    """

    layer: str
    source: str
    row: str
    field: str
    outcome: Outcome
    reason: str


_FIELDS = ("layer", "source", "row", "field", "outcome", "reason")


def repairs_to_csv(repairs: Iterable[Repair]) -> bytes:
    """Return the list as UTF-8 CSV with a byte-order mark (so that Excel shows Chinese), in the order given."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(_FIELDS)
    for item in repairs:
        writer.writerow([item.layer, item.source, item.row, item.field, item.outcome.value, item.reason])
    return buffer.getvalue().encode("utf-8-sig")


def repairs_from_csv(data: bytes) -> list[Repair]:
    """Read back what `repairs_to_csv` wrote."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [
        Repair(row["layer"], row["source"], row["row"], row["field"], Outcome(row["outcome"]), row["reason"])
        for row in rows
    ]
