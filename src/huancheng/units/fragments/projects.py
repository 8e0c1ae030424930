"""The ground of projects, as polygons or as lists of parcels."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd

from huancheng.city.readers import read_table
from huancheng.evidence import InputFault
from huancheng.units.drawn.reading import read_given


def read_projects(path: Path, parcels: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Read projects from polygons with `id`, or from a table with `project` and `parcel`.

    Raises
    ------
    InputFault
        If the file is neither, names a parcel that is not there, or a parcel twice.
    """
    table = read_table(path)
    if table.geometry is not None:
        return read_given(path, parcels.crs, column="id")
    projects, members = table.column("project").astype("string"), table.column("parcel").astype("string")
    known = set(parcels["id"])
    for row, parcel in zip(table.labels, members, strict=True):
        if parcel not in known:
            cure = "check it against the layer `parcels`"
            raise InputFault(f"there is no parcel {parcel!r}", file=table.name, row=str(row), field="parcel", cure=cure)
    twice = members[members.duplicated()]
    if len(twice):
        row = str(table.labels[twice.index[0]])
        cure = "a parcel belongs to one project"
        raise InputFault(f"{twice.iloc[0]} stands twice", file=table.name, row=row, field="parcel", cure=cure)
    project = dict(zip(members, projects, strict=True))
    mine = parcels.loc[parcels["id"].isin(list(project))]
    ground = mine.assign(project=mine["id"].map(project)).dissolve("project", sort=True)
    return gpd.GeoDataFrame({"id": ground.index.astype("string")}, geometry=ground.geometry.to_numpy(), crs=parcels.crs)
