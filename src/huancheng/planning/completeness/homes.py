"""Where residents live and where they step onto the street."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from huancheng.access import Attachment, StreetGraph
from huancheng.city.snapshot import Snapshot
from huancheng.evidence import InputFault, Provenance
from huancheng.planning.arrays import Floats, Shapes
from huancheng.planning.knowing import provenance_of


@dataclass(frozen=True, eq=False)
class Homes:
    """Residents at points on the walking network.

    Parameters
    ----------
    points
        Where they live.
    persons
        Residents at each point.
    places
        Where each point meets the streets.
    provenance
        How the residents are known.
    layer
        Layer they were taken from.
    """

    points: Shapes
    persons: Floats
    places: Attachment
    provenance: Provenance
    layer: str


def find_homes(snapshot: Snapshot, graph: StreetGraph) -> Homes:
    """Return the residents of buildings, else of estates, else of population cells.

    Raises
    ------
    InputFault
        If the snapshot knows no residents, or has no street one may walk.
    """
    if not graph.edges:
        raise InputFault(
            "the city has no street people may walk, so no walk can be measured",
            file=snapshot.location, field="streets", cure="build the snapshot with its streets",
        )  # fmt: skip
    for layer in ("buildings", "estates", "population"):
        if not snapshot.has(layer):
            continue
        frame = snapshot.layer(layer, ["population"])
        persons = frame["population"].to_numpy(np.float64, na_value=0.0)
        kept = persons > 0
        if kept.any():
            points = shapely.point_on_surface(frame.geometry.to_numpy()[kept])
            provenance = provenance_of(snapshot, [(layer, "population")])
            return Homes(points, persons[kept], graph.attach(points), provenance, layer)
    raise InputFault(
        "nobody is known to live in this city: no building, estate or cell has residents",
        file=snapshot.location, field="population",
        cure="give the population of buildings, estates or cells when building the snapshot",
    )  # fmt: skip
