"""The site: skeleton, fabric, uses, water, territory and streets, before anybody lives there."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from huancheng.city.generate.arrays import Booleans, Objects
from huancheng.city.generate.extras import with_extras
from huancheng.city.generate.fabric import Fabric, weave
from huancheng.city.generate.frame import STEEPEST_TURN, Frame
from huancheng.city.generate.hamlet_places import add_tracks, hamlet_corners
from huancheng.city.generate.lattice import Lattice, Strip, lay_out
from huancheng.city.generate.main_streets import MainNames, add_main_streets, ring_box
from huancheng.city.generate.plot_uses import Uses, assign_uses
from huancheng.city.generate.randomness import Draws
from huancheng.city.generate.rows import Layout, Rows, build_rows
from huancheng.city.generate.sizes import SizePlan
from huancheng.city.generate.strokes import StrokeBook
from huancheng.city.generate.territory import Territory, built_up, divide
from huancheng.city.generate.waterside import Waterside, lay_water
from huancheng.city.generate.words import road_names

_BRANCH_NAMES = 220


@dataclass(frozen=True)
class Site:
    """Everything that stands still.

    Parameters
    ----------
    plan, frame, lattice, fabric, uses, rows, layout, waterside, territory
        Results of the rooms of the same names; `rows` before any building changed its use.
    book
        All street strokes.
    names
        Street names by row.
    built_up
        Parts of the built-up area; the cluster comes last.
    station
        Drawing-board place of the railway station.
    lacking_streets
        For each planted lack of a street (街道), which streets have it.
    """

    plan: SizePlan
    frame: Frame
    lattice: Lattice
    fabric: Fabric
    uses: Uses
    rows: Rows
    layout: Layout
    waterside: Waterside
    territory: Territory
    book: StrokeBook
    names: Objects
    built_up: Objects
    station: tuple[float, float]
    lacking_streets: dict[str, Booleans] = field(default_factory=dict)


def lay_site(plan: SizePlan, draws: Draws) -> Site:
    """Lay out a city of a size."""
    frame = Frame(float(draws.topic("frame").uniform(-STEEPEST_TURN, STEEPEST_TURN)))
    lattice = lay_out(plan, draws)
    book = StrokeBook()
    random = draws.topic("names")
    upright, level = len(lattice.x), len(lattice.y)
    names = np.concatenate(
        [
            road_names(upright, "街", random),
            road_names(level, "路", random),
            road_names(_BRANCH_NAMES, "巷", random),
            np.array(["环城快速路", "过境公路"], dtype=object),
        ]
    )
    branch = np.arange(upright + level, upright + level + _BRANCH_NAMES)
    main = MainNames(np.arange(upright), np.arange(upright, upright + level), len(names) - 2, len(names) - 1)
    add_main_streets(book, lattice, draws.topic("main streets"), main)
    add_tracks(book, hamlet_corners(lattice.x, lattice.columns, lattice.x_class, ring_box(lattice)))
    fabric = weave(lattice, book, draws.topic("fabric"), branch)
    uses = assign_uses(lattice, fabric.blocks, fabric.plots, draws.topic("uses"))
    rows, layout, frontage = build_rows(fabric.blocks, fabric.plots, uses, book, draws.topic("rows"))
    rows = with_extras(rows, fabric.plots, uses, layout, frontage, draws.topic("extras"))
    waterside = lay_water(lattice, fabric, uses, frame, book, draws.topic("waterside"))
    territory = divide(lattice, plan, frame, draws.topic("territory"))
    rail = int(np.flatnonzero(lattice.rows == Strip.RAIL)[0])
    column = int(np.flatnonzero(lattice.active[:, rail - 1] | lattice.active[:, rail + 1])[0])
    station = (float(lattice.x[column] + lattice.x[column + 1]) / 2, float(lattice.y[rail]) + 12.0)
    return Site(
        plan,
        frame,
        lattice,
        fabric,
        uses,
        rows,
        layout,
        waterside,
        territory,
        book,
        names,
        built_up(lattice, frame),
        station,
    )
