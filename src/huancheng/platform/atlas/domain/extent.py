"""The ground a map opens on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huancheng.evidence import InputFault

if TYPE_CHECKING:
    from huancheng.city.snapshot import Snapshot

GEOGRAPHIC = "EPSG:4490"
_FIRST = ("built_up_area", "central_city", "boundary", "buildings", "streets")
"""Layers, of which the first that has rows tells where the city is."""


def extent_of(snapshot: Snapshot) -> tuple[float, float, float, float]:
    """Return west, south, east and north of where the city is, in degrees of CGCS2000.

    Raises
    ------
    InputFault
        If no layer tells.
    """
    for name in _FIRST:
        if snapshot.has(name):
            west, south, east, north = snapshot.layer(name, []).to_crs(GEOGRAPHIC).total_bounds
            return float(west), float(south), float(east), float(north)
    raise InputFault("快照没有范围、建筑或道路，地图不知从哪里打开", cure="补充市域范围后重新生成快照")
