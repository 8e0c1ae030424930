"""From a city's snapshot to units: blocks, rules, ties and locks, the solver, the certificate."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace

import geopandas as gpd
import pandas as pd

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.policy.book import PolicyBook
from huancheng.policy.provisions.unit_rules import UnitRules
from huancheng.units.blocks import Blocks, UnitBlockOptions
from huancheng.units.blocks.beside import LayersBeside, cut_city
from huancheng.units.certificate import Source, UnitDrawing
from huancheng.units.drawing.computed import compute_units
from huancheng.units.problem import Ground, GroundTables, lay_ground
from huancheng.units.problem.links import links_of_snapshot
from huancheng.units.solver import Work


@dataclass(frozen=True)
class DrawOptions:
    """How to draw.

    Parameters
    ----------
    profile
        Id or title of the profile.
    compare
        Id or title of a profile computed too and set beside; empty: none.
    work
        Work to spend.
    blocks
        How blocks are built; without it as the profile's scope asks.
    tables
        Further ties, residents beyond walking limits, locked units.
    beside
        Layers that the snapshot does not hold.
    given
        Files that tables and layers came from.
    districts
        Names of the districts to draw in; empty: wherever there are blocks.
    """

    profile: str = "standard"
    compare: str = ""
    work: Work = field(default_factory=Work)
    blocks: UnitBlockOptions | None = None
    tables: GroundTables = field(default_factory=GroundTables)
    beside: LayersBeside = field(default_factory=LayersBeside)
    given: tuple[Source, ...] = ()
    districts: tuple[str, ...] = ()


@dataclass(frozen=True)
class CityGround:
    """A city laid out for drawing.

    Parameters
    ----------
    rules
        The profile.
    blocks
        Blocks with borders and report.
    ground
        The ground.
    sources
        What it was made from.
    """

    rules: UnitRules
    blocks: Blocks
    ground: Ground
    sources: tuple[Source, ...]


def lay_city(snapshot: Snapshot, book: PolicyBook, options: DrawOptions, blocks: Blocks | None = None) -> CityGround:
    """Build the blocks of a city, unless they are given, and lay the ground under a profile.

    Parameters
    ----------
    snapshot
        The city.
    book
        The law, with its profiles.
    options
        How to draw.
    blocks
        Blocks of the same snapshot, where they were built before.

    Raises
    ------
    InputFault
        If the pack has no such profile, or the snapshot lacks what blocks need.
    """
    rules = book.unit_profile(options.profile)
    if blocks is None:
        blocks = cut_city(snapshot, options.blocks or _block_options(snapshot, rules), options.beside)
    if options.districts:
        blocks = within_districts(blocks, options.districts)
    links = pd.concat([links_of_snapshot(snapshot, blocks.frame, rules), options.tables.links], ignore_index=True)
    tables = GroundTables(links, options.tables.residents, options.tables.locks)
    ground = lay_ground(blocks.frame, _plain(blocks.borders), rules, tables)
    sources = (
        Source(snapshot.manifest.name, snapshot.manifest.digest, "snapshot"),
        Source(f"{book.pack.id} {book.pack.manifest.version}", book.pack.digest, "pack"),
        *options.given,
    )
    return CityGround(rules, blocks, ground, sources)


def draw_units(
    snapshot: Snapshot,
    book: PolicyBook,
    options: DrawOptions,
    *,
    say: Callable[[str], None] = lambda _: None,
    blocks: Blocks | None = None,
) -> UnitDrawing:
    """Draw the units of a city.

    Parameters
    ----------
    snapshot, book, options, blocks
        As for `lay_city`.
    say
        Told what is being done.

    Raises
    ------
    Undrawable
        If no plan holds the firm rules; causes by name.
    InputFault
        If something given can't be used.
    """
    say("街块 blocks")
    city = lay_city(snapshot, book, options, blocks)
    say("划定 drawing")
    return compute_units(
        city.ground, city.rules, city.blocks.frame, work=options.work,
        title=snapshot.manifest.title, as_of=snapshot.manifest.as_of, sources=city.sources,
        compare=book.unit_profile(options.compare) if options.compare else None,
    )  # fmt: skip


def within_districts(blocks: Blocks, districts: Collection[str]) -> Blocks:
    """Return the blocks that lie in some districts, with the borders between them.

    Raises
    ------
    InputFault
        If none lies there.
    """
    held = blocks.frame["district"].isin(districts) if "district" in blocks.frame.columns else None
    if held is None or not held.any():
        raise InputFault(
            f"no block lies in {', '.join(sorted(districts))}", field="district",
            cure="name districts of the snapshot's divisions, or draw on a snapshot that holds them",
        )  # fmt: skip
    frame = blocks.frame[held].reset_index(drop=True)
    ends = blocks.borders["a"].isin(frame["id"]) & blocks.borders["b"].isin(frame["id"])
    return replace(blocks, frame=frame, borders=blocks.borders[ends].reset_index(drop=True))


def _block_options(snapshot: Snapshot, rules: UnitRules) -> UnitBlockOptions:
    """Return the default options with the profile's scope, where the city has that layer."""
    return UnitBlockOptions(scope=rules.scope if rules.scope and snapshot.has(rules.scope) else None)


def _plain(borders: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(borders.drop(columns="geometry"))
