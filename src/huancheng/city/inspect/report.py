"""The findings of an inspection, from the manifest alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from huancheng.city.inspect.rules import Need, SupportRule, support_rules
from huancheng.city.schema import layer_schemas
from huancheng.city.snapshot import ColumnRecord, LayerRecord, Manifest, Outcome, Snapshot
from huancheng.evidence import Provenance

GUESSED = (Provenance.IMPUTED, Provenance.MODELLED)
"""Provenances that fill a cell without making it known."""


@dataclass(frozen=True)
class ColumnFinding:
    """How far one column is known.

    Parameters
    ----------
    known_share
        Share of rows whose value is known: measured, declared, derived or synthetic.
    filled_share
        The same with imputed and modelled values.
    provenance
        Share of all rows by provenance; what is left is missing.
    """

    known_share: float
    filled_share: float
    provenance: dict[str, float]


@dataclass(frozen=True)
class LayerFinding:
    """One layer: rows kept, repaired, refused, outside, and its columns by name."""

    title: str
    access: str
    count: int
    repaired: int
    refused: int
    outside: int
    source: str
    columns: dict[str, ColumnFinding]


@dataclass(frozen=True)
class Verdict:
    """Whether an analysis is supported.

    Parameters
    ----------
    rule
        Identifier of the rule.
    title
        The analysis, in official words.
    supported
        Whether every need is met.
    reason
        What is missing and what will happen; empty where supported.
    certainty
        How the rule's shares are known.
    """

    rule: str
    title: str
    supported: bool
    reason: str
    certainty: str


@dataclass(frozen=True)
class Inspection:
    """What a snapshot holds and what it can support."""

    name: str
    title: str
    as_of: str
    crs: str
    digest: str
    layers: dict[str, LayerFinding]
    rasters: dict[str, dict[str, Any]]
    broken_rings: int
    verdicts: tuple[Verdict, ...]


def inspect_snapshot(snapshot: Snapshot) -> Inspection:
    """Return the findings; nothing but the manifest and the list of repairs is read."""
    manifest = snapshot.manifest
    broken = {
        (item.source, item.row)
        for item in snapshot.repairs()
        if item.outcome is Outcome.REPAIRED and item.reason.startswith("broken ring")
    }
    return Inspection(
        manifest.name, manifest.title, manifest.as_of, manifest.crs, manifest.digest,
        {name: _layer(name, record) for name, record in manifest.layers.items()},
        {name: record.model_dump() for name, record in manifest.rasters.items()},
        len(broken),
        tuple(_verdict(rule, manifest) for rule in support_rules()),
    )  # fmt: skip


def _layer(name: str, record: LayerRecord) -> LayerFinding:
    schema = layer_schemas().get(name)
    columns = list(schema.columns) if schema else list(record.columns)
    found = {column: _column(record.columns.get(column)) for column in columns}
    title = schema.title if schema else name
    return LayerFinding(
        title, record.access, record.count, record.repaired, record.refused, record.outside, record.source, found
    )


def _column(record: ColumnRecord | None) -> ColumnFinding:
    if record is None:
        return ColumnFinding(0.0, 0.0, {})
    shares = {name: round(share * record.known_share, 6) for name, share in record.provenance.items()}
    guessed = sum(record.provenance.get(item.value, 0.0) for item in GUESSED)
    return ColumnFinding(round(record.known_share * (1 - guessed), 6), record.known_share, shares)


def _verdict(rule: SupportRule, manifest: Manifest) -> Verdict:
    lacks = [words for need in rule.needs if (words := _lack(need, manifest))]
    reason = f"{'; '.join(lacks)}: {rule.otherwise}" if lacks else ""
    return Verdict(rule.name, rule.title, not lacks, reason, rule.certainty.value)


def _lack(need: Need, manifest: Manifest) -> str:
    record = manifest.layers.get(need.layer)
    if need.layer in manifest.rasters:
        return ""
    if record is None or record.count == 0:
        return f"no {layer_schemas()[need.layer].title} ({need.layer})"
    if need.column is None:
        return ""
    found = _column(record.columns.get(need.column))
    share = found.filled_share if need.counts == "any" else found.known_share
    return "" if share >= need.share else f"{need.word} known for {percent(share)}"


def percent(share: float) -> str:
    """Return a share as printed: 0 % only where it rounds there, one decimal below 10 %."""
    return f"{share:.1%}".replace("%", " %") if 0.0005 <= share < 0.1 else f"{share:.0%}".replace("%", " %")  # noqa: PLR2004
