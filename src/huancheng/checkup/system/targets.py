"""Targets, apart from the indicators they belong to: they differ by size and rank of the city."""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from huancheng.policy import Entry, PackModel


class CityClasses(PackModel):
    """Words for size classes and ranks of cities.

    Parameters
    ----------
    sizes
        Official word of each size class used in snapshots (`super`: 超大城市).
    ranks
        For each group of ranks, the words a snapshot may use for it.
    """

    sizes: dict[str, str]
    ranks: dict[str, tuple[str, ...]]

    def rank_group(self, rank: str) -> str:
        """Return the group a rank belongs to, or the empty text."""
        return next((group for group, words in self.ranks.items() if rank in words), "")


class ForCities(Entry):
    """An entry that may hold for some cities only.

    Parameters
    ----------
    indicator
        Indicator it belongs to.
    part
        Class of the indicator it speaks of, where the figure is told by class.
    city_sizes
        Size classes it holds for; all where empty.
    rank_groups
        Groups of administrative rank it holds for; all where empty.
    """

    indicator: str
    part: str = ""
    city_sizes: tuple[str, ...] = ()
    rank_groups: tuple[str, ...] = ()

    def holds_for(self, size: str, rank_group: str) -> bool:
        """Whether it holds for a city; a city of unknown class meets only entries for all cities."""
        return (not self.city_sizes or size in self.city_sizes) and (
            not self.rank_groups or rank_group in self.rank_groups
        )


class Target(ForCities):
    """A point (`exactly`), a floor (`at_least`), a ceiling (`at_most`) or a band (both)."""

    at_least: float | None = None
    at_most: float | None = None
    exactly: float | None = None

    @model_validator(mode="after")
    def _has_bounds(self) -> Self:
        point, band = self.exactly is not None, self.at_least is not None or self.at_most is not None
        if point == band:
            message = f"{self.id}: a target is a point (exactly) or has a floor, a ceiling or both"
            raise ValueError(message)
        return self

    @property
    def text(self) -> str:
        """The target as printed: `≥8`, `≤45`, `=0`, `0.7–1.5`."""
        if self.exactly is not None:
            words = f"={self.exactly:g}"
        elif self.at_least is not None and self.at_most is not None:
            words = f"{self.at_least:g}–{self.at_most:g}"
        else:
            words = f"≥{self.at_least:g}" if self.at_least is not None else f"≤{self.at_most:g}"
        return f"{self.part}{words}"

    def met_by(self, amount: float) -> bool:
        """Whether an amount meets the target."""
        if self.exactly is not None:
            return amount == self.exactly
        above = self.at_least is None or amount >= self.at_least
        return above and (self.at_most is None or amount <= self.at_most)


class TargetTable(PackModel):
    """The targets of one indicator system."""

    targets: tuple[Target, ...]

    def of(self, indicator: str, size: str, rank_group: str) -> tuple[Target, ...]:
        """Return the targets of an indicator that hold for a city; several where the figure is told by class."""
        return tuple(item for item in self.targets if item.indicator == indicator and item.holds_for(size, rank_group))
