"""The headline of a chain: the city in a few numbers, and how each check-up came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from huancheng.checkup import CheckupRun
from huancheng.city.snapshot import Snapshot

RESIDENT_FACTS = ("urban_population", "official_population", "population")
"""Facts of the manifest that tell the city's residents, the first known one counts."""


@dataclass(frozen=True, slots=True)
class GroupCount:
    """Problems of one dimension or level."""

    group: str
    indicators: int
    known: int
    problems: int


@dataclass(frozen=True, slots=True)
class SystemHeadline:
    """How one check-up came out."""

    system: str
    title: str
    indicators: int
    known: int
    missing: int
    not_applicable: int
    graded: int
    problems: int
    features: int
    groups: tuple[GroupCount, ...]


@dataclass(frozen=True, slots=True)
class Headline:
    """The city in a few numbers; `residents` is None where no source tells them."""

    city: str
    as_of: str
    digest: str
    buildings: int
    residents: float | None
    systems: tuple[SystemHeadline, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the headline as plain values."""
        return asdict(self)


def headline_of(snapshot: Snapshot, runs: Sequence[CheckupRun]) -> Headline:
    """Return the headline of finished check-ups.

    Parameters
    ----------
    snapshot
        The city.
    runs
        Its check-ups.
    """
    manifest = snapshot.manifest
    buildings = manifest.layers.get("buildings")
    facts = (manifest.city.get(name) for name in RESIDENT_FACTS)
    residents = next((float(fact) for fact in facts if isinstance(fact, int | float)), None)
    return Headline(
        manifest.title, manifest.as_of, manifest.digest, buildings.count if buildings else 0, residents,
        tuple(_system(run) for run in runs),
    )  # fmt: skip


def _system(run: CheckupRun) -> SystemHeadline:
    city = run.headline
    whole = run.problems[run.problems["scope_kind"] == "city"]
    groups = tuple(
        GroupCount(
            group["name"],
            group["indicators"],
            int(((city["group"] == group["name"]) & (city["state"] == "known")).sum()),
            int((whole["group"] == group["name"]).sum()),
        )
        for group in run.meta["system"]["groups"]
    )
    counts = run.meta["counts"]
    return SystemHeadline(
        run.meta["system"]["id"], run.meta["system"]["title"], len(city), counts["known"], counts["missing"],
        counts["not_applicable"], int((city["grade"] != "").sum()), len(whole), len(run.features), groups,
    )  # fmt: skip
