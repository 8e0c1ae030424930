"""The built-up area (建成区) drawn around the buildings, where no survey gives it."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from huancheng.city.build.built_up_options import BuiltUpOptions


def derive_built_up_area(
    buildings: gpd.GeoDataFrame, boundary: shapely.Geometry, options: BuiltUpOptions | None = None
) -> gpd.GeoDataFrame:
    """Return the built-up clusters.

    Rule: the ground within `reach` metres of a building, drawn back so that `margin` metres around the outermost
    buildings remain; open ground inside up to `largest_hole` belongs to it; clusters below `minimum_area` do not
    count; cut at the city's edge.

    Parameters
    ----------
    buildings
        Footprints in a metric CRS.
    boundary
        The city's ground in the same CRS.
    options
        Settings.

    Returns
    -------
    `id`, `name` and `geometry`, one row per cluster, the largest first.
    """
    options = options or BuiltUpOptions()
    boxes = shapely.envelope(buildings.geometry.to_numpy())
    grown = shapely.union_all(shapely.buffer(boxes, options.reach, quad_segs=2, join_style="mitre"))
    drawn = shapely.buffer(grown, options.margin - options.reach, quad_segs=2, join_style="mitre")
    parts = shapely.get_parts(shapely.intersection(shapely.simplify(drawn, 1.0), boundary))
    parts = np.array(
        [_filled(part, options.largest_hole) for part in parts if part.geom_type == "Polygon"], dtype=object
    )
    if len(parts):
        whole = shapely.intersection(shapely.union_all(parts), boundary)
        parts = np.array([part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"], dtype=object)
        parts = parts[shapely.area(parts) >= options.minimum_area]
        parts = parts[np.argsort(-shapely.area(parts), kind="stable")]
    names = [f"cluster-{number}" for number in range(1, len(parts) + 1)]
    return gpd.GeoDataFrame({"id": names, "name": names}, geometry=list(parts), crs=buildings.crs)


def _filled(polygon: shapely.Polygon, largest_hole: float) -> shapely.Polygon:
    holes = [ring for ring in polygon.interiors if shapely.Polygon(ring).area > largest_hole]
    return shapely.Polygon(polygon.exterior, holes)
