"""How well a figure computed from a snapshot is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import Provenance, Value

_WEAKEST_LAST = (
    Provenance.MEASURED,
    Provenance.DECLARED,
    Provenance.DERIVED,
    Provenance.IMPUTED,
    Provenance.MODELLED,
    Provenance.SYNTHETIC,
)


def weakest(provenances: Iterable[Provenance]) -> Provenance:
    """Return the least certain of several, at best derived: what is computed is never measured."""
    ranks = [_WEAKEST_LAST.index(item) for item in provenances]
    return _WEAKEST_LAST[max([_WEAKEST_LAST.index(Provenance.DERIVED), *ranks])]


def provenance_of(snapshot: Snapshot, columns: Iterable[tuple[str, str]]) -> Provenance:
    """Return the provenance of a figure computed from columns (layer, column) of a snapshot.

    A layer's geometry is as well known as its best-known column; a column the snapshot lacks adds nothing.
    """
    met = []
    for layer, column in columns:
        record = snapshot.manifest.layers.get(layer)
        known = record.columns.get(column) if record else None
        if known is not None:
            met += [Provenance(name) for name, share in known.provenance.items() if share > 0]
    return weakest(met)


class Known:
    """Makes values of one snapshot that share date and source.

    Parameters
    ----------
    snapshot
        The city.
    columns
        Columns (layer, column) the figures are computed from.
    """

    def __init__(self, snapshot: Snapshot, *columns: tuple[str, str]) -> None:
        self._day = date.fromisoformat(snapshot.manifest.as_of[:10])
        self._source = "、".join(dict.fromkeys(layer for layer, _ in columns))
        self._provenance = provenance_of(snapshot, columns)

    def value(self, amount: float, unit: str, *, scope: str = "", note: str = "") -> Value:
        """Return a known figure."""
        return Value(float(amount), unit, self._day, scope, source=self._source, provenance=self._provenance, note=note)
