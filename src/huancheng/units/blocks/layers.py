"""What blocks are made from, as layers in one metric CRS."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import get_args

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault
from huancheng.units.blocks.options import Scope, UnitBlockOptions


@dataclass(frozen=True)
class BlockLayers:
    """Layers as a snapshot keeps them, each in the same metric CRS; None where there is none.

    Parameters
    ----------
    scope
        Polygons of the ground that is cut into blocks.
    streets
        Lines with `class`, and where known `name`, `oneway`, `bridge`, `tunnel`.
    railways, waterways
        Lines with `kind`, and where known `bridge`, `tunnel`.
    water
        Surfaces.
    parcels
        Polygons with `id`.
    bridges
        Declared links over water or rail: lines that begin on one bank and end on the other.
    buildings
        Footprints: a face that is built on is no median.
    """

    scope: gpd.GeoDataFrame
    streets: gpd.GeoDataFrame
    railways: gpd.GeoDataFrame | None = None
    water: gpd.GeoDataFrame | None = None
    waterways: gpd.GeoDataFrame | None = None
    parcels: gpd.GeoDataFrame | None = None
    bridges: gpd.GeoDataFrame | None = None
    buildings: gpd.GeoDataFrame | None = None

    def without_small_water(self, area: float) -> BlockLayers:
        """Return the layers without surfaces of water below `area` square metres; those that touch count as one."""
        if self.water is None or len(self.water) == 0:
            return self
        shapes = self.water.geometry.to_numpy()
        whole = shapely.get_parts(shapely.union_all(shapes))
        large = whole[shapely.area(whole) >= area]
        kept = np.zeros(len(shapes), dtype=bool)
        kept[shapely.STRtree(large).query(shapely.point_on_surface(shapes), predicate="within")[0]] = True
        return replace(self, water=self.water.loc[kept])


def layers_of_snapshot(
    snapshot: Snapshot, options: UnitBlockOptions, bridges: gpd.GeoDataFrame | None = None
) -> BlockLayers:
    """Read from a snapshot what blocks are made from.

    Parameters
    ----------
    snapshot
        The city.
    options
        Names the scope, where it is not left open.
    bridges
        Declared links the snapshot does not hold.

    Raises
    ------
    InputFault
        If the snapshot holds no scope, or no streets.
    """
    if not snapshot.has("streets"):
        raise InputFault("the snapshot holds no streets", file=snapshot.location, cure="add the layer `streets`")

    def layer(name: str) -> gpd.GeoDataFrame | None:
        return snapshot.layer(name) if snapshot.has(name) else None

    return BlockLayers(
        scope=_scope(snapshot, options.scope), streets=snapshot.layer("streets"), railways=layer("railways"),
        water=layer("water"), waterways=layer("waterways"), parcels=layer("parcels"), bridges=bridges,
        buildings=layer("buildings"),
    )  # fmt: skip


def _scope(snapshot: Snapshot, wanted: Scope | None) -> gpd.GeoDataFrame:
    if wanted == "streets":
        return _enclosed(snapshot.layer("streets"))
    names = (wanted,) if wanted else ("built_up_area", "boundary")
    for name in names:
        if snapshot.has(name):
            return snapshot.layer(name)
    held = [name for name in get_args(Scope) if name != "streets" and snapshot.has(name)]
    cure = f"take the scope {' or '.join([*held, 'streets'])}"
    raise InputFault(f"the snapshot holds no {' and no '.join(names)}", file=snapshot.location, cure=cure)


def _enclosed(streets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the ground that the streets enclose."""
    lines = shapely.get_parts(shapely.node(shapely.multilinestrings(shapely.get_parts(streets.geometry.to_numpy()))))
    ground = shapely.union_all(shapely.get_parts(shapely.polygonize(lines)))
    return gpd.GeoDataFrame({"id": ["streets"]}, geometry=[ground], crs=streets.crs)
