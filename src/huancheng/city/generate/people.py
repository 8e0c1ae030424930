"""Homes and people: years, households, residents of buildings and estates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huancheng.city.generate.arrays import Booleans, Floats, Integers, Objects
from huancheng.city.generate.fabric import Plots
from huancheng.city.generate.plot_uses import PlotUse, Uses
from huancheng.city.generate.rows import Layout, Rows
from huancheng.city.generate.templates import template_columns
from huancheng.city.generate.words import estate_names

DATA_YEAR = 2025
"""Year the data speak of."""

ESTATE_KINDS = ("commodity", "work_unit", "resettlement", "village_in_city", "old_town", "other")


@dataclass(frozen=True)
class People:
    """Who lives where, before any gap is made.

    Parameters
    ----------
    year
        Year each building was finished.
    floor_area
        In m².
    households, population
        Homes in use and residents per building; zero where nobody lives.
    """

    year: Integers
    floor_area: Floats
    households: Integers
    population: Integers


@dataclass(frozen=True)
class Estates:
    """Estates, one for each plot with homes.

    Parameters
    ----------
    plot
        Row of the plot.
    of_plot
        Row of the estate by plot, -1 for plots without homes.
    name, kind, year
        As in the estates layer; `kind` is a position in `ESTATE_KINDS`.
    households, population
        Sums over the estate's buildings.
    """

    plot: Integers
    of_plot: Integers
    name: Objects
    kind: Integers
    year: Integers
    households: Integers
    population: Integers

    def __len__(self) -> int:
        return len(self.plot)


def settle(rows: Rows, uses: Uses, random: np.random.Generator) -> People:
    """Date the buildings and fill the homes."""
    figures = template_columns(uses.use)
    plot_year = np.nan_to_num(
        figures["year_low"] + random.random(len(uses.use)) * (figures["year_high"] - figures["year_low"])
    )
    span = np.where(np.isin(uses.use, [PlotUse.VILLAGE, PlotUse.OLD_TOWN]), 18, 2)[rows.plot]
    year = np.rint(plot_year[rows.plot] + random.uniform(-1, 1, len(rows)) * span)
    year = np.clip(year, figures["year_low"][rows.plot], np.minimum(figures["year_high"][rows.plot], DATA_YEAR)).astype(
        np.int64
    )
    floor_area = np.round(rows.footprint * rows.floors, 1)
    home, occupied = figures["home"][rows.plot], figures["occupied"][rows.plot]
    lived_in = rows.use == 0
    homes = np.where(lived_in, np.maximum(1, np.rint(floor_area / np.maximum(home, 1.0))), 0)
    households = np.where(
        lived_in, np.maximum(1, np.rint(homes * np.clip(occupied + random.normal(0, 0.04, len(rows)), 0.3, 1.0))), 0
    )
    population = np.rint(households * np.clip(random.normal(2.72, 0.12, len(rows)), 2.0, 3.3))
    return People(year, floor_area, households.astype(np.int64), population.astype(np.int64))


def close_homes(people: People, rows: Rows, emptied: Booleans) -> People:
    """Return the same people without residents in the marked buildings, whose floor area is measured anew.

    Where a plot would have a whole number of school places to want (a multiple of 200 residents at 65 in a thousand),
    one resident more keeps rounding up from depending on the arithmetic.
    """
    households, population = np.where(emptied, 0, people.households), np.where(emptied, 0, people.population)
    totals = np.bincount(rows.plot, population).astype(np.int64)
    lived_in = np.flatnonzero(population > 0)
    plots, first = np.unique(rows.plot[lived_in], return_index=True)
    population[lived_in[first[totals[plots] % 200 == 0]]] += 1
    area = np.where(emptied, np.round(rows.footprint * rows.floors, 1), people.floor_area)
    return People(people.year, area, households, population)


def form_estates(
    rows: Rows, people: People, plots: Plots, uses: Uses, layout: Layout, random: np.random.Generator
) -> Estates:
    """Make an estate of every plot with residents."""
    residents = np.bincount(rows.plot, people.population, len(plots)).astype(np.int64)
    households = np.bincount(rows.plot, people.households, len(plots)).astype(np.int64)
    plot = np.flatnonzero(uses.homes & layout.built & (residents > 0))
    of_plot = np.full(len(plots), -1, np.int64)
    of_plot[plot] = np.arange(len(plot))
    use = uses.use[plot]
    kind = np.select(
        [use == PlotUse.WORK_UNIT, use == PlotUse.VILLAGE, use == PlotUse.OLD_TOWN, random.random(len(plot)) < 0.12],
        [1, 3, 4, 2],
        0,
    )
    homes = rows.use == 0
    year_sum = np.bincount(rows.plot[homes], people.year[homes], len(plots))
    count = np.bincount(rows.plot[homes], minlength=len(plots))
    year = np.rint(year_sum[plot] / np.maximum(count[plot], 1)).astype(np.int64)
    return Estates(plot, of_plot, estate_names(use, random), kind, year, households[plot], residents[plot])
