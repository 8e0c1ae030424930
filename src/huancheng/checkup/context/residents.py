"""Where the residents of the scope live, from the best source the snapshot has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.checkup.context.cutting import cut_land

if TYPE_CHECKING:
    from huancheng.checkup.context.city import CityContext


@dataclass(frozen=True)
class Residents:
    """Residents at points.

    Parameters
    ----------
    layer, column
        Where the figures come from.
    name
        Words for the denominator, in Chinese.
    ids
        Identifier of the building, estate or cell.
    points
        Where they are taken to live.
    persons
        Residents at each point.
    atom
        Atom of each point; points outside the scope are left out.
    """

    layer: str
    column: str
    name: str
    ids: npt.NDArray[Any]
    points: npt.NDArray[Any]
    persons: npt.NDArray[np.float64]
    atom: npt.NDArray[np.int32]

    @property
    def total(self) -> float:
        """Residents of the scope."""
        return float(self.persons.sum())


def find_residents(city: CityContext) -> Residents:
    """Return the residents of buildings, else of estates, else of population cells (spread evenly over each cell)."""
    for layer, word in (("buildings", "建筑"), ("estates", "小区")):
        if city.known_share(layer, "population") > 0:
            frame = city.layer(layer)
            persons = frame["population"].to_numpy(np.float64, na_value=0.0)
            kept = (persons > 0) & (city.place(layer) >= 0)
            name = f"{city.scope.name}内常住人口（按{word}）"
            ids = frame["id"].to_numpy(object)[kept]
            return Residents(
                layer, "population", name, ids, city.points(layer)[kept], persons[kept], city.place(layer)[kept]
            )
    frame = city.layer("population")
    shapes = frame.geometry.to_numpy()
    pieces = cut_land(shapes, city.atoms.polygons)
    areas = shapely.area(shapes)
    persons = frame["population"].to_numpy(np.float64, na_value=0.0)[pieces.owner]
    persons = persons * shapely.area(pieces.shapes) / np.where(areas > 0, areas, 1.0)[pieces.owner]
    name = f"{city.scope.name}内常住人口（按人口格网面积分摊）"
    ids = frame["id"].to_numpy(object)[pieces.owner]
    points = shapely.point_on_surface(pieces.shapes)
    return Residents("population", "population", name, ids, points, persons, pieces.atom)
