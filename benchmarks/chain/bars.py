"""Bars of the chain benchmark, in the form that benchmarks/README.md describes."""

from __future__ import annotations

import math
from typing import Any


def at_most(what: str, measured: float, bar: float) -> dict[str, Any]:
    """Return a bar that a figure may reach but not pass."""
    return {"what": what, "measured": round(measured, 3), "bar": bar, "better": "lower", "met": measured <= bar}


def unknown(what: str, bar: float, note: str) -> dict[str, Any]:
    """Return a bar that could not be measured here; it is neither met nor missed."""
    return {"what": what, "measured": None, "bar": bar, "better": "lower", "met": None, "note": note}


def growth_bar(system: str, smaller: dict[str, Any], larger: dict[str, Any]) -> dict[str, Any]:
    """Return the bar on how processor time grows between two sizes: no faster than n log n of the buildings.

    Parameters
    ----------
    system
        Indicator system of the check-ups compared.
    smaller, larger
        Figures of the two sizes: `buildings`, and `checkup` with `cpu_seconds` per system.

    Returns
    -------
    dict
        `measured` is (cost ratio) / (n log n ratio), so 1 is growth exactly as n log n.
    """
    few, many = smaller["buildings"], larger["buildings"]
    allowed = many * math.log(many) / (few * math.log(few))
    costs = (smaller["checkup"][system]["cpu_seconds"], larger["checkup"][system]["cpu_seconds"])
    what = f"check-up {system}, growth of processor time from {few} to {many} buildings, in units of n log n"
    return at_most(what, costs[1] / costs[0] / allowed, 1.0)
