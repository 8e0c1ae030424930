"""Small buildings beside the rows: shops along the street, bicycle sheds between the houses."""

from __future__ import annotations

import numpy as np

from huancheng.city.generate.arrays import Booleans
from huancheng.city.generate.fabric import Plots
from huancheng.city.generate.plot_uses import PlotUse, Uses
from huancheng.city.generate.rows import FRONTAGE_DEPTH, Layout, Rows
from huancheng.city.generate.templates import template_columns


def with_extras(
    rows: Rows, plots: Plots, uses: Uses, layout: Layout, frontage: Booleans, random: np.random.Generator
) -> Rows:
    """Return the buildings with shops in the south of the marked plots, and sheds in older estates."""
    together = [rows, frontage_shops(plots, frontage, layout, random), sheds(uses, layout, random)]
    return Rows(*(np.concatenate([getattr(part, name) for part in together]) for name in Rows.__dataclass_fields__))


def frontage_shops(plots: Plots, frontage: Booleans, layout: Layout, random: np.random.Generator) -> Rows:
    """Place shops of one to three floors along the street in the south of estates, open at the gate."""
    there = np.flatnonzero(frontage)
    sides = []
    for begin, end in (
        (plots.x0[there] + 4, layout.spine[there] - 6.5),
        (layout.spine[there] + 6.5, plots.x1[there] - 4),
    ):
        count = np.where(end - begin < 8.0, 0, np.maximum(np.floor((end - begin) / 26.0), 1)).astype(np.int64)
        plot = np.repeat(there, count)
        order = np.arange(len(plot)) - np.repeat(np.cumsum(count) - count, count)
        step = np.repeat((end - begin) / np.maximum(count, 1), count)
        x0 = np.repeat(begin, count) + order * step
        kept = random.random(len(plot)) < 0.9
        sides.append((plot[kept], x0[kept], (x0 + step - 0.6)[kept]))
    plot, x0, x1 = (np.concatenate(parts) for parts in zip(*sides, strict=True))
    y0 = plots.y0[plot] + 2.0
    floors = random.integers(1, 4, len(plot))
    return Rows(
        np.round(x0, 2),
        y0,
        np.round(x1, 2),
        y0 + FRONTAGE_DEPTH,
        plot,
        np.full(len(plot), np.nan),
        np.full(len(plot), 7),
        floors,
        np.full(len(plot), 3.9),
    )


def sheds(uses: Uses, layout: Layout, random: np.random.Generator) -> Rows:
    """Place bicycle sheds between the rows of older estates."""
    depth = template_columns(uses.use)["depth"]
    old = np.isin(uses.use, [PlotUse.SLAB_1980, PlotUse.SLAB_1990, PlotUse.WORK_UNIT]) & layout.built
    there = np.flatnonzero(old & (layout.west_reach < layout.spine - 30) & (layout.pitch > depth + 17))
    count = np.maximum(layout.rows[there] - 1, 0)
    plot = np.repeat(there, count)
    order = np.arange(len(plot)) - np.repeat(np.cumsum(count) - count, count)
    y0 = layout.first_lane[plot] + order * layout.pitch[plot] + 3.5
    kept = random.random(len(plot)) < 0.4
    plot, y0 = plot[kept], y0[kept]
    x0 = layout.west_reach[plot]
    return Rows(
        x0,
        np.round(y0, 2),
        x0 + 16.0,
        np.round(y0 + 3.5, 2),
        plot,
        y0 - 3.5,
        np.full(len(plot), 14),
        np.ones(len(plot), np.int64),
        np.full(len(plot), 2.8),
    )
