# ruff: noqa: C901, PLR0912, PLR0917 - a kernel is one loop over plain arrays.
"""The inner loop of the bound: for every possible median, the cheapest fractional unit around it."""

from __future__ import annotations

import numpy as np

from huancheng.units.solver.arrays import FloatArray, IntArray
from huancheng.units.solver.compilation import compiled


@compiled
def fill(
    atoms: IntArray,
    costs: FloatArray,
    home: int,
    prices: FloatArray,
    load: FloatArray,
    low: float,
    high: float,
    takes: FloatArray,
) -> float:
    """Value of the cheapest fractional unit that holds a median's own atom; infinite where none has enough load.

    Parameters
    ----------
    atoms, costs
        Who may join, and what joining costs before prices; the own atom is among them.
    home
        The median's own atom: it joins whole.
    prices
        What the assignment of an atom is worth.
    low, high
        Least and most load.
    takes
        Takes, beside `atoms`, the share of each that joins.
    """
    count = atoms.size
    value, weight = 0.0, 0.0
    negative = 0
    for position in range(count):
        takes[position] = 0.0
        atom = atoms[position]
        reduced = costs[position] - prices[atom]
        if atom == home or (reduced < 0.0 and load[atom] <= 0.0):
            takes[position] = 1.0
            value += reduced
            weight += load[atom]
        elif reduced < 0.0:
            negative += 1
    own_value, own_weight = value, weight
    for position in range(count):
        atom = atoms[position]
        reduced = costs[position] - prices[atom]
        if takes[position] == 0.0 and reduced < 0.0:
            takes[position] = 1.0
            value += reduced
            weight += load[atom]
    if low <= weight <= high:
        return value
    if own_weight > high:
        return np.inf
    # too much: the best of the negative ones up to the ceiling; too little: the least dear of the others to the floor
    over = weight > high
    ratios = np.empty(count)
    chosen = np.empty(count, np.int64)
    number = 0
    for position in range(count):
        atom = atoms[position]
        if atom == home or load[atom] <= 0.0:
            continue
        reduced = costs[position] - prices[atom]
        if (reduced < 0.0) == over:
            ratios[number] = reduced / load[atom]
            chosen[number] = position
            number += 1
    order = np.argsort(ratios[:number])
    if over:
        value, weight = own_value, own_weight
    until = high if over else low
    for turn in range(number):
        position = chosen[order[turn]]
        atom = atoms[position]
        share = min(1.0, max(0.0, until - weight) / load[atom])
        takes[position] = share
        value += share * (costs[position] - prices[atom])
        weight += share * load[atom]
    if weight < low * (1.0 - 1e-12):
        return np.inf
    return value


@compiled
def values_of_medians(
    first: IntArray,
    atoms: IntArray,
    costs: FloatArray,
    home: IntArray,
    prices: FloatArray,
    load: FloatArray,
    low: float,
    high: float,
    values: FloatArray,
) -> None:
    """Value of the cheapest fractional unit of every median, from lists of who may join it."""
    takes = np.empty(atoms.size)
    for median in range(values.size):
        begin, end = first[median], first[median + 1]
        values[median] = fill(
            atoms[begin:end], costs[begin:end], home[median], prices, load, low, high, takes[begin:end]
        )


@compiled
def cover_of_medians(
    first: IntArray,
    atoms: IntArray,
    costs: FloatArray,
    home: IntArray,
    prices: FloatArray,
    load: FloatArray,
    low: float,
    high: float,
    chosen: IntArray,
    cover: FloatArray,
) -> None:
    """Add up how often the units of the chosen medians take each atom."""
    takes = np.empty(atoms.size)
    for turn in range(chosen.size):
        median = chosen[turn]
        begin, end = first[median], first[median + 1]
        fill(atoms[begin:end], costs[begin:end], home[median], prices, load, low, high, takes[begin:end])
        for position in range(begin, end):
            cover[atoms[position]] += takes[position]


@compiled
def join_costs(
    median: int,
    home: IntArray,
    part: IntArray,
    rows: IntArray,
    places: FloatArray,
    weights: FloatArray,
    reach: float,
    atoms: IntArray,
    costs: FloatArray,
) -> int:
    """List who may join a median, and at what cost: atoms of its part all rows of which lie within reach.

    Parameters
    ----------
    reach
        Squared radius.
    atoms, costs
        Take the list.

    Returns
    -------
    int
        How many.
    """
    x, y = places[median, 0], places[median, 1]
    count = 0
    for atom in range(part.size):
        if part[atom] != part[home[median]]:
            continue
        total, inside = 0.0, True
        for row in range(rows[atom], rows[atom + 1]):
            squared = (places[row, 0] - x) ** 2 + (places[row, 1] - y) ** 2
            if squared > reach:
                inside = False
                break
            total += weights[row] * squared
        if inside:
            atoms[count] = atom
            costs[count] = total
            count += 1
    return count


@compiled
def complete_values(
    home: IntArray,
    part: IntArray,
    rows: IntArray,
    places: FloatArray,
    weights: FloatArray,
    reach: float,
    prices: FloatArray,
    load: FloatArray,
    low: float,
    high: float,
    values: FloatArray,
) -> None:
    """Value of every median's cheapest fractional unit, with all who may join by the rules of the problem."""
    atoms = np.empty(part.size, np.int64)
    costs = np.empty(part.size)
    takes = np.empty(part.size)
    for median in range(home.size):
        count = join_costs(median, home, part, rows, places, weights, reach, atoms, costs)
        values[median] = fill(atoms[:count], costs[:count], home[median], prices, load, low, high, takes[:count])
