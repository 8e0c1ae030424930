"""Fingerprints, and whether the tables speak of the same blocks and units."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from huancheng.units.verify.evidence import Evidence, number
from huancheng.units.verify.verdict import Fault


def check_hashes(found: Evidence) -> Iterator[Fault]:
    """Compare every file with the fingerprint the certificate gives, and look for files it does not name."""
    named = found.certificate["files"]
    for name, expected in sorted(named.items()):
        path = found.folder / name
        if not path.is_file():
            yield Fault("hashes", name, "the certificate names this file and it is missing")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            yield Fault("hashes", name, "the file is not the one the certificate was written with")
    for path in sorted(found.folder.iterdir()):
        if path.name not in named and path.name != "units.json":
            yield Fault("hashes", path.name, "the certificate does not name this file")


def check_assignment(found: Evidence) -> Iterator[Fault]:
    """Compare blocks and units over the tables: each block once, the same blocks and homes everywhere."""
    for block, times in Counter(row["block"] for row in found.tables["assignment.csv"]).items():
        if times > 1:
            yield Fault("assignment", "assignment.csv", f"the block {block} stands {times} times")
    for block, times in Counter(row["id"] for row in found.tables["blocks.csv"]).items():
        if times > 1:
            yield Fault("assignment", "blocks.csv", f"the block {block} stands {times} times")
    for block in sorted(set(found.home) ^ set(found.block)):
        yield Fault("assignment", "assignment.csv", f"the block {block} does not stand in both tables of blocks")
    aside = {item["block"] for item in found.certificate["aside"]}
    without = {block for block, unit in found.home.items() if not unit}
    for block in sorted(aside ^ without):
        yield Fault("assignment", "units.json", f"the block {block} is either in no unit or listed aside, not both")
    yield from _check_borders(found)
    for place, row in enumerate(found.tables["links.csv"], start=2):
        if row["block"] not in found.block:
            yield Fault("assignment", f"links.csv, row {place}", f"{row['block']} is no block")


def _check_borders(found: Evidence) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    separators = {rule["id"] for rule in found.rules_of("separator")}
    least = found.rules_of("contiguity")[0]["least_border"]
    for place, row in enumerate(found.tables["borders.csv"], start=2):
        where = f"borders.csv, row {place}"
        a, b = row["a"], row["b"]
        if a not in found.block or b not in found.block or a == b:
            yield Fault("assignment", where, f"{a} and {b} are no two blocks")
            continue
        if (min(a, b), max(a, b)) in seen:
            yield Fault("assignment", where, f"the pair {a}, {b} stands twice")
        seen.add((min(a, b), max(a, b)))
        if (row["unit_a"], row["unit_b"]) != (found.home.get(a), found.home.get(b)):
            yield Fault("assignment", where, f"the units of {a} and {b} are not those of assignment.csv")
        if (row["unit_a"] != row["unit_b"]) != bool(row["reason"]):
            yield Fault("reasons", where, "a border between units has no reason, or a border inside one has")
        length, free = number(row["length"]), number(row["free"])
        if length is None or free is None or not 0 <= free <= length + 1e-6:
            yield Fault("ground", where, f"the lengths {row['length']} and {row['free']} are no border")
            continue
        joins, bridge = row["joins"] == "True", row["bridge"] == "True"
        if row["separator"] and row["separator"] not in separators:
            yield Fault("ground", where, f"{row['separator']!r} is no separator of the profile")
        if joins and not bridge and (row["separator"] or length < least):
            yield Fault("ground", where, f"{a} and {b} are joined across a separator or by less than {least:g} m")


def check_counts(found: Evidence) -> Iterator[Fault]:
    """Compare the certificate's counts with the tables."""
    document = found.certificate
    for key, stated, counted in (
        ("units", document["units"], len(found.members)),
        ("blocks.total", document["blocks"]["total"], len(found.block)),
        ("blocks.in_units", document["blocks"]["in_units"], sum(bool(unit) for unit in found.home.values())),
    ):
        if stated != counted:
            yield Fault("counts", f"units.json, {key}", f"{stated} is stated, {counted} are there")
    audit = Counter((row["force"], row["holds"]) for row in found.tables["audit.csv"])
    for force in ("firm", "shown"):
        for holds in ("yes", "no", "needs_data", "not_applicable"):
            if document["audit"][force][holds] != audit[force, holds]:
                yield Fault(
                    "counts", f"units.json, audit.{force}.{holds}",
                    f"{document['audit'][force][holds]} is stated, {audit[force, holds]} are there",
                )  # fmt: skip
    if document["audit"]["holds"] != (audit["firm", "no"] == 0):
        yield Fault("counts", "units.json, audit.holds", "it is not what the audit says")
