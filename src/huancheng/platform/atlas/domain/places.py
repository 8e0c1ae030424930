"""The list of named places of a snapshot."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.schema import layer_schema
from huancheng.city.snapshot import Snapshot
from huancheng.platform.atlas.domain.extent import GEOGRAPHIC
from huancheng.platform.atlas.models import Place, SnapshotRecord


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """How the places of a layer are listed.

    Parameters
    ----------
    layer
        Layer; all searched layers are public.
    kind
        Column whose words tell what sort of place it is; empty for the layer's own title.
    dissolve
        Whether pieces of one name are one place, as the pieces of a street.
    within
        Code of `kind` for which the street around a place is told; empty: for all, `-`: for none.
    """

    layer: str
    kind: str = ""
    dissolve: bool = False
    within: str = ""


GAZETTEERS = (
    Gazetteer("divisions", "level", within="community"),
    Gazetteer("managed_areas", "kind", within="-"),
    Gazetteer("estates", "kind"),
    Gazetteer("streets", "class", dissolve=True),
    Gazetteer("water", "kind", dissolve=True),
    Gazetteer("green_space", "kind"),
    Gazetteer("heritage_zones", "kind"),
    Gazetteer("facilities", "class"),
    Gazetteer("transit_stops", "kind"),
)
"""In the order hits are listed."""


def places_of(record: SnapshotRecord, snapshot: Snapshot) -> list[Place]:
    """Return the named places of a snapshot's public layers, not yet saved."""
    streets = _streets(snapshot)
    found: list[Place] = []
    for rank, gazetteer in enumerate(GAZETTEERS):
        if not snapshot.has(gazetteer.layer):
            continue
        columns = ["name", *([gazetteer.kind] if gazetteer.kind else [])]
        frame = snapshot.layer(gazetteer.layer, columns)
        frame = frame[frame["name"].notna() & (frame["name"] != "") & ~frame.geometry.is_empty]
        if gazetteer.dissolve:
            frame = _one_of_each_name(frame)
        found += _rows(record, gazetteer, rank, frame, _inside(frame, streets, gazetteer))
    return found


def _rows(
    record: SnapshotRecord, gazetteer: Gazetteer, rank: int, frame: gpd.GeoDataFrame, inside: list[str]
) -> list[Place]:
    schema = layer_schema(gazetteer.layer)
    bounds = shapely.bounds(frame.geometry.to_crs(GEOGRAPHIC).to_numpy())
    kinds = frame[gazetteer.kind] if gazetteer.kind else pd.Series("", index=frame.index)
    words = [schema.columns[gazetteer.kind].label(str(code)) if gazetteer.kind and pd.notna(code) else schema.title
             for code in kinds]  # fmt: skip
    return [
        Place(
            snapshot=record,
            layer=gazetteer.layer,
            feature=identifier,
            name=str(name)[:160],
            kind=word,
            inside=street,
            rank=rank,
            west=box[0],
            south=box[1],
            east=box[2],
            north=box[3],
        )
        for identifier, name, word, street, box in zip(
            frame["id"], frame["name"], words, inside, bounds.tolist(), strict=True
        )
    ]


def _one_of_each_name(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join the pieces of one name, keeping the first piece's number."""
    code, names = pd.factorize(frame["name"])
    order = np.argsort(code, kind="stable")
    starts = np.searchsorted(code[order], np.arange(len(names)))
    first = frame.iloc[order[starts]].reset_index(drop=True)
    shapes = frame.geometry.to_numpy()
    joined = [shapely.box(*shapely.total_bounds(shapes[part])) for part in np.split(order, starts[1:])]
    return first.set_geometry(gpd.GeoSeries(joined, crs=frame.crs))


def _streets(snapshot: Snapshot) -> gpd.GeoDataFrame:
    divisions = snapshot.layer("divisions", ["name", "level"])
    return divisions[divisions["level"] == "street"].reset_index(drop=True)


def _inside(frame: gpd.GeoDataFrame, streets: gpd.GeoDataFrame, gazetteer: Gazetteer) -> list[str]:
    """Return the street each place's middle lies in; empty outside any, and for what is larger than a street."""
    middles = shapely.centroid(frame.geometry.to_numpy())
    names = np.full(len(frame), "", object)
    if len(streets):
        place, street = shapely.STRtree(streets.geometry.to_numpy()).query(middles, predicate="within")
        names[place] = streets["name"].to_numpy()[street]
    if gazetteer.within:
        names[(frame[gazetteer.kind] != gazetteer.within).to_numpy(bool)] = ""
    return [str(name) for name in names]
