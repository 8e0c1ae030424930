"""Rows of buildings along lanes: the one way in which every plot is built, as arrays over all plots at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.city.generate.arrays import Booleans, Floats, Integers
from huancheng.city.generate.fabric import Blocks, Plots
from huancheng.city.generate.lattice import StreetClass
from huancheng.city.generate.plot_uses import HOMES, PlotUse, Uses
from huancheng.city.generate.strokes import StrokeBook
from huancheng.city.generate.templates import OLD_TOWN_ROWS, VILLAGE_ROWS, building_use_positions, template_columns

FRONTAGE_DEPTH = 11.0
"""Depth of the shops along the street in the south of an estate, in metres."""


@dataclass(frozen=True)
class Layout:
    """Lanes of each plot: one spine from street to street, one lane for each row of buildings.

    Parameters
    ----------
    built
        Whether anything is built on the plot.
    spine
        Where the spine runs (x).
    first_lane, pitch, rows
        The rows' lanes: row k at `first_lane + k × pitch`.
    west_reach, east_reach
        Middle of the first and the last building of a row: the ends of its lane.
    """

    built: Booleans
    spine: Floats
    first_lane: Floats
    pitch: Floats
    rows: Integers
    west_reach: Floats
    east_reach: Floats


@dataclass(frozen=True)
class Rows:
    """Buildings as parallel arrays, in drawing-board metres.

    Parameters
    ----------
    x0, y0, x1, y1
        Sides of the footprint.
    plot
        Row of the plot.
    lane
        Where the lane runs that serves it (y); NaN for buildings that stand on a street.
    use
        Position in `BUILDING_USES`.
    floors
        Floors above ground.
    floor_height
        In metres.
    """

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    plot: Integers
    lane: Floats
    use: Integers
    floors: Integers
    floor_height: Floats

    def __len__(self) -> int:
        return len(self.x0)

    @property
    def middle_x(self) -> Floats:
        """Middle of the footprint from west to east."""
        return (self.x0 + self.x1) / 2

    @property
    def middle_y(self) -> Floats:
        """Middle of the footprint from south to north."""
        return (self.y0 + self.y1) / 2

    @property
    def footprint(self) -> Floats:
        """Area of the footprint in m²."""
        return (self.x1 - self.x0) * (self.y1 - self.y0)


def build_rows(
    blocks: Blocks, plots: Plots, uses: Uses, book: StrokeBook, random: np.random.Generator
) -> tuple[Rows, Layout, Booleans]:
    """Fill every plot with buildings, add its lanes to the streets, and tell which plots have shops in the south."""
    figures = template_columns(uses.use)
    middle_floors = _middle_floors(figures, random)
    frontage = _has_frontage(plots, uses, random)
    layout, columns = _lay_lanes(plots, uses, figures, middle_floors, frontage, random)
    rows = _place(plots, uses, figures, middle_floors, layout, columns, random)
    _add_lanes(book, blocks, plots, uses, layout, random)
    return rows, layout, frontage & layout.built


def _middle_floors(figures: dict[str, Floats], random: np.random.Generator) -> Floats:
    share = random.random(len(figures["floors_low"]))
    floors: Floats = np.rint(figures["floors_low"] + share * (figures["floors_high"] - figures["floors_low"]))
    return floors


def _has_frontage(plots: Plots, uses: Uses, random: np.random.Generator) -> Booleans:
    fitting = np.isin(
        uses.use,
        [
            PlotUse.SLAB_1980,
            PlotUse.SLAB_1990,
            PlotUse.MIXED_2000,
            PlotUse.TOWER_2010,
            PlotUse.TOWER_2020,
            PlotUse.WORK_UNIT,
        ],
    )
    tall: Booleans = (plots.y1 - plots.y0) > 120
    return fitting & tall & (random.random(len(plots)) < 0.72)


def _lay_lanes(
    plots: Plots,
    uses: Uses,
    figures: dict[str, Floats],
    floors: Floats,
    frontage: Booleans,
    random: np.random.Generator,
) -> tuple[Layout, tuple[Integers, Integers, Floats, Floats]]:
    setback, depth, lane = figures["setback"], figures["depth"], figures["lane"]
    west, east = plots.x0 + setback, plots.x1 - setback
    yard = np.nan_to_num(figures["yard"]) * (plots.y1 - plots.y0)
    south = plots.y0 + setback + yard + np.where(frontage, FRONTAGE_DEPTH + 3.0, 0.0)
    north = plots.y1 - setback - lane - 2.0
    wanted = depth + np.maximum(figures["sun"] * floors * figures["floor_height"], 2 * lane + 2.0)
    wanted = np.where(
        uses.use == PlotUse.VILLAGE, VILLAGE_ROWS, np.where(uses.use == PlotUse.OLD_TOWN, OLD_TOWN_ROWS, wanted)
    )
    tightest = np.where(uses.homes, 0.93 * wanted, wanted)
    deep = north - south - depth
    count = np.where(deep >= 0, np.floor(np.nan_to_num(deep) / np.nan_to_num(tightest, nan=1.0)) + 1, 0)
    count = np.minimum(count, np.nan_to_num(figures["rows"])).astype(np.int64)
    pitch = np.where(count > 1, deep / np.maximum(count - 1, 1), wanted)
    pitch = np.minimum(pitch, wanted * 1.35)
    spine = np.round(west + (east - west) * random.uniform(0.44, 0.56, len(plots)), 1)
    narrow = (east - west) / 2 - figures["spine"] - 6 < figures["length"]
    spine = np.where(narrow, np.round(west, 1), spine)
    left_width = np.where(narrow, 0.0, spine - figures["spine"] - west)
    right_width = east - spine - figures["spine"]
    figures["length"] = np.where(narrow, np.minimum(figures["length"], np.maximum(right_width, 8.0)), figures["length"])
    step = figures["length"] + figures["gap"]
    left = _count(left_width, figures["gap"], step)
    right = _count(right_width, figures["gap"], step)
    left_step = (left_width + figures["gap"]) / np.maximum(left, 1)
    right_step = (right_width + figures["gap"]) / np.maximum(right, 1)
    built = (count > 0) & (left + right > 0)
    count = np.where(built, count, 0)
    spare = np.where(count > 0, np.maximum(deep - (count - 1) * pitch, 0.0), 0.0)
    first_lane = np.round(south + spare / 2 + depth + lane, 1)
    half = figures["length"] / 2
    west_reach = np.where(left > 0, west + half, spine)
    east_reach = np.where(right > 0, east - half, spine)
    layout = Layout(
        built, spine, first_lane, np.round(pitch, 1), count, np.round(west_reach, 1), np.round(east_reach, 1)
    )
    return layout, (left, right, left_step, right_step)


def _count(width: Floats, gap: Floats, step: Floats) -> Integers:
    """Return how many buildings stand in a width: as many as leave each at least seven tenths of its usual length."""
    fit = np.nan_to_num((width + gap) / step)
    rounded = np.rint(fit)
    count: Integers = np.where(fit / np.maximum(rounded, 1) >= 0.72, rounded, np.floor(fit)).astype(np.int64)
    return np.maximum(count, 0)


def _place(
    plots: Plots,
    uses: Uses,
    figures: dict[str, Floats],
    floors: Floats,
    layout: Layout,
    columns: tuple[Integers, Integers, Floats, Floats],
    random: np.random.Generator,
) -> Rows:
    left, right, left_step, right_step = columns
    per_row = left + right
    each = layout.rows * per_row
    plot = np.repeat(np.arange(len(plots)), each)
    order = np.arange(len(plot)) - np.repeat(np.cumsum(each) - each, each)
    row, place = np.divmod(order, per_row[plot])
    western = place < left[plot]
    step = np.where(western, left_step[plot], right_step[plot])
    start = np.where(
        western,
        plots.x0[plot] + figures["setback"][plot] + place * step,
        layout.spine[plot] + figures["spine"][plot] + (place - left[plot]) * step,
    )
    room = step - figures["gap"][plot]
    organic = np.isin(uses.use[plot], [PlotUse.VILLAGE, PlotUse.OLD_TOWN])
    slab = np.where(uses.use[plot] <= PlotUse.MIXED_2000, 1.3, 1.12)
    stretch = np.where(organic, random.uniform(0.72, 1.25, len(plot)), random.uniform(slab - 0.12, slab))
    length = np.minimum(figures["length"][plot] * stretch, room)
    x0 = start + (room - length) * np.where(organic, random.random(len(plot)), 0.5)
    depth = figures["depth"][plot] * np.where(organic, random.uniform(0.72, 1.12, len(plot)), 1.0)
    lane = layout.first_lane[plot] + row * layout.pitch[plot]
    y1 = lane - figures["lane"][plot] - np.where(organic, random.uniform(0, 0.8, len(plot)), 0.0)
    spread = np.maximum(1, np.rint(0.12 * (figures["floors_high"] - figures["floors_low"])))[plot]
    shift = np.rint(
        random.uniform(-1, 1, len(plot)) * np.where(organic, 2, np.where(uses.use[plot] <= HOMES, spread, 1))
    )
    height = np.clip(floors[plot] + shift, figures["floors_low"][plot], figures["floors_high"][plot]).astype(np.int64)
    kept = random.random(len(plot)) >= figures["thinning"][plot]
    rows = Rows(
        np.round(x0, 2),
        np.round(y1 - depth, 2),
        np.round(x0 + length, 2),
        np.round(y1, 2),
        plot,
        lane,
        building_use_positions()[uses.use][plot],
        _no_doubtful_heights(height),
        figures["floor_height"][plot],
    )
    return Rows(*(getattr(rows, name)[kept] for name in Rows.__dataclass_fields__))


def _no_doubtful_heights(floors: Integers) -> Integers:
    """Leave out 8 to 10 floors: whatever the line between low and high is, every building lies clear of it."""
    return np.where((floors == 8), 7, np.where((floors == 9) | (floors == 10), 11, floors))


def _add_lanes(
    book: StrokeBook, blocks: Blocks, plots: Plots, uses: Uses, layout: Layout, random: np.random.Generator
) -> None:
    there = np.flatnonzero(layout.built)
    homes = uses.homes[there]
    narrow = np.isin(uses.use[there], [PlotUse.VILLAGE, PlotUse.OLD_TOWN])
    spine_class = np.where(homes, int(StreetClass.RESIDENTIAL), int(StreetClass.SERVICE))
    south = np.where(homes, blocks.south[plots.block[there]], layout.first_lane[there])
    book.add(spine_class, layout.spine[there], south, layout.spine[there], blocks.north[plots.block[there]])
    lane_class = np.where(
        narrow | (homes & (random.random(len(there)) < 0.35)), int(StreetClass.PEDESTRIAN), int(StreetClass.SERVICE)
    )
    plot = np.repeat(there, layout.rows[there])
    order = np.arange(len(plot)) - np.repeat(np.cumsum(layout.rows[there]) - layout.rows[there], layout.rows[there])
    at = np.round(layout.first_lane[plot] + order * layout.pitch[plot], 1)
    classes = np.repeat(lane_class, layout.rows[there])
    west, spine, east = layout.west_reach[plot], layout.spine[plot], layout.east_reach[plot]
    has_west, has_east = west < spine, east > spine
    book.add(classes[has_west], west[has_west], at[has_west], spine[has_west], at[has_west])
    book.add(classes[has_east], spine[has_east], at[has_east], east[has_east], at[has_east])
