"""Residential and construction land: what coverage is measured against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.checkup.context.cutting import cut_land
from huancheng.checkup.context.scope import Scope, polygon_parts
from huancheng.checkup.context.zones import Atoms
from huancheng.checkup.system.settings import LandSettings
from huancheng.city.snapshot import Snapshot


@dataclass(frozen=True)
class Land:
    """Ground of one kind inside the scope, cut at the atoms' borders.

    Parameters
    ----------
    name
        Words for the denominator, in Chinese.
    ids
        A name for each piece: `land-` and a running number.
    shapes
        Disjoint polygons.
    atom
        Atom of each piece.
    layers
        Layers it was made of.
    note
        In Chinese, what a reader must know of how it was made.
    """

    name: str
    ids: npt.NDArray[Any]
    shapes: npt.NDArray[Any]
    atom: npt.NDArray[np.int32]
    layers: tuple[str, ...]
    note: str = ""


def residential_land(snapshot: Snapshot, atoms: Atoms, settings: LandSettings) -> Land:
    """Return residential land: surveyed land use with the estates; blocks or parcels of homes where that is thin.

    It is thin when it holds less than the pack's share of the residential footprint. The fallback adds the parcels
    (or the blocks, where there are no parcels) in which at least the pack's share of the footprint is residential.
    """
    use = snapshot.layer("land_use", ["use"])
    chosen = use["use"].isin(settings.residential_uses).to_numpy(bool)
    estates = snapshot.layer("estates", [])
    surveyed = np.concatenate([use.geometry.to_numpy()[chosen], estates.geometry.to_numpy()])
    layers = [name for name, count in (("land_use", chosen.sum()), ("estates", len(estates))) if count]
    buildings = snapshot.layer("buildings", ["use"])
    homes = (buildings["use"].fillna("") == "residential").to_numpy(bool)
    footprints = shapely.area(buildings.geometry.to_numpy())
    points = shapely.centroid(buildings.geometry.to_numpy())
    held = _inside(points, surveyed)
    total = footprints[homes].sum()
    share = float(footprints[homes & held].sum() / total) if total else 1.0
    note = ""
    if share < settings.residential_thin_below:
        source = "parcels" if snapshot.has("parcels") else "blocks"
        ground = snapshot.layer(source, []).geometry.to_numpy()
        added = _mostly_residential(ground, points, footprints, homes, settings.residential_footprint_share)
        surveyed = np.concatenate([surveyed, ground[added]])
        layers.append(source)
        word = {"parcels": "地块", "blocks": "街区"}[source]
        note = f"土地利用与小区只含住宅基底面积的{share:.1%}，其余以住宅基底面积占多数的{word}补足（推算）"
    return _make("居住用地", surveyed, atoms, layers=tuple(layers), note=note)


def construction_land(snapshot: Snapshot, scope: Scope, atoms: Atoms, settings: LandSettings) -> Land:
    """Return surveyed land under construction uses inside the scope; the whole scope where the survey is thin."""
    use = snapshot.layer("land_use", ["use"])
    shapes = use.geometry.to_numpy()
    chosen = ~use["use"].isin(settings.open_uses).to_numpy(bool)
    surveyed = float(shapely.area(cut_land(shapes, scope.polygons).shapes).sum()) if len(shapes) else 0.0
    share = surveyed / scope.area if scope.area else 0.0
    if share < settings.construction_thin_below:
        note = f"土地利用只覆盖{scope.name}的{share:.1%}，以{scope.name}全部面积代替建设用地"
        return _make("建设用地", scope.polygons, atoms, layers=(scope.layer,), note=note)
    return _make("建设用地", shapes[chosen], atoms, layers=("land_use",), merge=False)


def _inside(points: npt.NDArray[Any], polygons: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    found = np.zeros(len(points), bool)
    found[shapely.STRtree(points).query(polygons, predicate="intersects")[1]] = True
    return found


def _mostly_residential(
    ground: npt.NDArray[Any],
    points: npt.NDArray[Any],
    footprints: npt.NDArray[np.float64],
    homes: npt.NDArray[np.bool_],
    share: float,
) -> npt.NDArray[np.bool_]:
    owner, held = shapely.STRtree(points).query(ground, predicate="intersects")
    built = np.bincount(owner, footprints[held], minlength=len(ground))
    lived = np.bincount(owner, np.where(homes[held], footprints[held], 0.0), minlength=len(ground))
    return (built > 0) & (lived >= share * built)


def _make(
    name: str, shapes: npt.NDArray[Any], atoms: Atoms, *, layers: tuple[str, ...], note: str = "", merge: bool = True
) -> Land:
    """Merge what overlaps (the polygons of one survey don't), cut it by the atoms and number the pieces."""
    valid = shapely.make_valid(shapes)
    merged = polygon_parts(np.array([shapely.union_all(valid)]) if merge and len(shapes) else valid)[0]
    pieces = cut_land(merged, atoms.polygons)
    parts, owner = polygon_parts(pieces.shapes)
    ids = np.array([f"land-{number:06d}" for number in range(1, len(parts) + 1)], object)
    return Land(name, ids, parts, pieces.atom[owner], layers, note)
