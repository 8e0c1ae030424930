"""Rules of computation that hold for all indicators of all systems."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from huancheng.policy import Entry, PackModel


class LandSettings(Entry):
    """How residential and construction land are found.

    Parameters
    ----------
    residential_uses
        Uses of the land-use layer that are residential land.
    open_uses
        Uses that are no construction land.
    residential_thin_below
        Share of the residential footprint below which surveyed residential land is thin.
    residential_footprint_share
        Share of a parcel's or block's footprint that must be residential for it to count in the fallback.
    construction_thin_below
        Share of the scope below which the land-use survey is thin.
    """

    residential_uses: tuple[str, ...]
    open_uses: tuple[str, ...]
    residential_thin_below: float = Field(ge=0, le=1)
    residential_footprint_share: float = Field(ge=0, le=1)
    construction_thin_below: float = Field(ge=0, le=1)


class EvidenceSettings(Entry):
    """How much must be known for a figure to speak.

    Parameters
    ----------
    minimum_known_share
        Least share of the features a share or a zero is about that must be known.
    """

    minimum_known_share: float = Field(ge=0, le=1)


class Level(PackModel):
    """A level as a city's own table may call it.

    Parameters
    ----------
    name
        Official name.
    kind
        Whether it speaks of the whole city or of homes, estates and streets below it.
    aliases
        Other words, without brackets.
    """

    name: str
    kind: Literal["city", "below"]
    aliases: tuple[str, ...] = ()


class Levels(PackModel):
    """All levels a table may name."""

    levels: tuple[Level, ...]
