"""How a figure came to be known, from how the columns it read came to be known."""

from __future__ import annotations

import json
from collections.abc import Sequence

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import Provenance

_WEAKEST_LAST = (
    Provenance.MEASURED,
    Provenance.DECLARED,
    Provenance.DERIVED,
    Provenance.IMPUTED,
    Provenance.MODELLED,
    Provenance.SYNTHETIC,
)


def shares_of(snapshot: Snapshot, columns: Sequence[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Return, for each column read, the share of each provenance and of unknown values among the layer's features."""
    result = {}
    for layer, column in dict.fromkeys(columns):
        record = snapshot.manifest.layers.get(layer)
        known = record.columns.get(column) if record else None
        if known is None:
            result[f"{layer}.{column}"] = {"unknown": 1.0}
            continue
        shares = {name: round(share * known.known_share, 6) for name, share in sorted(known.provenance.items())}
        if known.known_share < 1:
            shares["unknown"] = round(1 - known.known_share, 6)
        result[f"{layer}.{column}"] = shares
    return result


def weakest(shares: dict[str, dict[str, float]]) -> Provenance:
    """Return the least certain provenance among the columns; a figure computed from measurements is derived."""
    met = {name for column in shares.values() for name, share in column.items() if share > 0 and name != "unknown"}
    ranks = [_WEAKEST_LAST.index(Provenance(name)) for name in met]
    return _WEAKEST_LAST[max([_WEAKEST_LAST.index(Provenance.DERIVED), *ranks])]


def shares_as_text(shares: dict[str, dict[str, float]]) -> str:
    """Return the shares as JSON with sorted keys."""
    return json.dumps(shares, ensure_ascii=False, sort_keys=True)
