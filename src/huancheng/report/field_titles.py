"""Provenance shares told with the Chinese titles of layers and columns."""

from __future__ import annotations

from collections.abc import Mapping

from huancheng.city.schema import column_title, layer_title
from huancheng.evidence import Provenance
from huancheng.report.numerals import UNKNOWN, format_share, format_shares


def format_provenance(shares: Mapping[str, Mapping[str, float]]) -> str:
    """Print how each column read came to be known, layer by layer; what is left of 100 % is unknown.

    Parameters
    ----------
    shares
        For each `layer.column`, share by provenance; `unknown` is the share without a value.
    """
    kinds = {kind for parts in shares.values() for kind in parts if kind != UNKNOWN}
    only = kinds.pop() if len(kinds) == 1 else ""
    layers: dict[str, list[str]] = {}
    for field, parts in shares.items():
        layer, _, column = field.partition(".")
        known = {kind: share for kind, share in parts.items() if kind != UNKNOWN}
        told = format_share(known.get(only, 0.0)) if only else format_shares(known) or "未知"
        layers.setdefault(layer, []).append(f"{column_title(layer, column)} {told}")
    told_layers = [f"{layer_title(name)}：{'、'.join(fields)}" for name, fields in layers.items()]
    return f"{Provenance(only).label}（{'；'.join(told_layers)}）" if only else "；".join(told_layers)
