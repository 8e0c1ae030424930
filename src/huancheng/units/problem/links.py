"""What lies in several blocks at once: parcels, estates and historic districts of a city, found by area."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.policy.provisions.unit_rules import TogetherRule, UnitRules, plain

_LAYERS = {"parcel": "parcels", "estate": "estates", "historic_district": "heritage_zones"}
"""Layer each kind of thing is drawn in; owners come as a table of their own."""

_NO_ROWS = {"rule": pd.Series(dtype="string"), "name": pd.Series(dtype="string"), "block": pd.Series(dtype="string")}


def links_of_snapshot(snapshot: Snapshot, blocks: gpd.GeoDataFrame, rules: UnitRules) -> pd.DataFrame:
    """Return `rule`, `name`, `block`: a row for each block that holds a part of a thing several blocks hold.

    Parameters
    ----------
    snapshot
        The city.
    blocks
        Blocks with `id` and geometry, in the snapshot's CRS.
    rules
        The profile: which things, and from which part on a block counts as holding them.
    """
    tables = [pd.DataFrame(_NO_ROWS)]
    for rule in rules.of(TogetherRule):
        layer = _LAYERS.get(rule.by)
        if layer and snapshot.has(layer):
            things = snapshot.layer(layer)
            if rule.by == "historic_district":
                things = things[things["kind"] == "historic_district"]
            tables.append(links_by_area(things, blocks, rule))
    return pd.concat(tables, ignore_index=True)


def links_by_area(things: gpd.GeoDataFrame, blocks: gpd.GeoDataFrame, rule: TogetherRule) -> pd.DataFrame:
    """Return the blocks that hold enough of a thing, for every thing that at least two hold.

    Parameters
    ----------
    things
        Polygons with `id`.
    blocks
        Polygons with `id`.
    rule
        From which share and area on a block counts.
    """
    shapes, cells = things.geometry.to_numpy(), blocks.geometry.to_numpy()
    thing, block = shapely.STRtree(cells).query(shapes, predicate="intersects")
    part = shapely.area(shapely.intersection(shapes[thing], cells[block]))
    enough = (part >= plain(rule.least_share) * shapely.area(shapes)[thing]) & (part >= plain(rule.least_area))
    thing, block = thing[enough], block[enough]
    several = np.bincount(thing, minlength=len(shapes))[thing] > 1
    return pd.DataFrame(
        {
            "rule": pd.Series([rule.id] * int(several.sum()), dtype="string"),
            "name": things["id"].astype("string").to_numpy()[thing[several]],
            "block": blocks["id"].astype("string").to_numpy()[block[several]],
        }
    ).sort_values(["name", "block"], ignore_index=True)
