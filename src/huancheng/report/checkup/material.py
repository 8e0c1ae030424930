"""Everything the chapters need, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huancheng.city.snapshot import Snapshot
from huancheng.report.options import ReportOptions
from huancheng.report.results import SystemResults


@dataclass(frozen=True)
class DrawnMap:
    """A map that has been drawn: its file, PNG and words."""

    file: str
    image: bytes = field(repr=False)
    caption: str
    description: str


@dataclass(frozen=True)
class Material:
    """Snapshot, results, drawn maps and the office's choices.

    Parameters
    ----------
    snapshot
        The city.
    systems
        Results of each check-up run, in the report's order.
    options
        What the office decided.
    overview
        The overview map.
    maps
        Drawn maps by (system, indicator).
    """

    snapshot: Snapshot
    systems: tuple[SystemResults, ...]
    options: ReportOptions
    overview: DrawnMap
    maps: Mapping[tuple[str, str], tuple[DrawnMap, ...]] = field(default_factory=dict)

    @property
    def city(self) -> str:
        """Name of the city as printed."""
        return self.snapshot.manifest.title

    @property
    def organisation(self) -> str:
        """Who signs."""
        return self.options.organisation or f"{self.city}城市更新工作专班办公室"
