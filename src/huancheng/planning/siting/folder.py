"""The result folder of a siting: sites, who they serve, the claim and its proof."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pyogrio
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.planning.siting.city import CitySiting, SitingOrder
from huancheng.planning.siting.problem import Goal, SitingResult, SitingWork
from huancheng.planning.tables import new_folder, write_json, write_table


def siting_document(
    snapshot: Snapshot, order: SitingOrder, city: CitySiting, work: SitingWork, result: SitingResult
) -> dict[str, Any]:
    """Return the claim in full: what was asked, what was found, how good it is known to be."""
    manifest = snapshot.manifest
    cover = order.goal is Goal.COVER
    beyond = {"residents": city.residents, "served_before": city.served, "served_after": city.residents - result.cost}
    walks = {"residents": city.residents, "mean_walk": result.cost / city.residents if city.residents else 0.0}
    return {
        "format": "huancheng-siting",
        "version": 1,
        "snapshot": {"name": manifest.name, "as_of": manifest.as_of, "digest": manifest.digest},
        "facility": order.norm.id,
        "title": order.norm.title,
        "goal": order.goal.value,
        "new": order.new,
        "radius": order.radius or order.norm.walk,
        "radius_from": "命令给定" if order.radius else str(order.norm.walk_mark),
        "capacity": order.capacity,
        "candidates": len(city.sites),
        "sites": [str(city.sites["id"].iloc[site]) for site in result.sites],
        **{key: round(value, 3) for key, value in (beyond if cover else walks).items()},
        "objective": round(result.cost, 3),
        "bound": round(result.bound, 3),
        "gap": round(result.gap, 6),
        "status": result.status,
        "greedy": round(result.greedy.cost, 3),
        "binding": list(result.binding),
        "method": [{"stage": stage, "objective": round(cost, 3)} for stage, cost in result.method],
        "work": {"starts": work.starts_for(city.problem), "seed": work.seed, "prove": work.prove},
        "seconds": round(result.seconds, 3),
    }


def write_siting(document: dict[str, Any], city: CitySiting, result: SitingResult, folder: Path) -> None:
    """Write the folder: `siting.json`, `sites.csv`, `sites.gpkg`.

    Raises
    ------
    InputFault
        If the folder holds files.
    """
    new_folder(folder)
    write_json(folder / "siting.json", document)
    chosen = list(result.sites)
    served = np.bincount(
        np.searchsorted(chosen, result.serving[result.serving >= 0]), city.problem.demand[result.serving >= 0],
        minlength=len(chosen),
    )  # fmt: skip
    points = shapely.point_on_surface(city.sites.geometry.to_numpy()[chosen])
    ids = city.sites["id"].astype(str).to_numpy()[chosen]
    rows = zip(ids, shapely.get_x(points), shapely.get_y(points), served.tolist(), strict=True)
    write_table(folder / "sites.csv", ("候选点", "x", "y", "服务居民"), rows)
    if chosen:
        frame = gpd.GeoDataFrame({"site": ids, "residents": served}, geometry=points, crs=city.sites.crs)
        pyogrio.write_dataframe(frame, folder / "sites.gpkg", layer="sites", driver="GPKG")
