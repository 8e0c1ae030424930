"""One city during one check-up: layers, places and land, each read or joined once."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from huancheng.access import StreetGraph
from huancheng.checkup.context.land import Land, construction_land, residential_land
from huancheng.checkup.context.residents import Residents, find_residents
from huancheng.checkup.context.scope import Scope, find_scope
from huancheng.checkup.context.walking import Walking
from huancheng.checkup.context.zones import Atoms, build_atoms, find_zones
from huancheng.checkup.system.settings import LandSettings
from huancheng.city.snapshot import Snapshot


class CityContext:
    """A snapshot seen through the needs of a check-up.

    Parameters
    ----------
    snapshot
        The city.
    land_settings
        How residential and construction land are found.
    """

    def __init__(self, snapshot: Snapshot, land_settings: LandSettings) -> None:
        self.snapshot = snapshot
        self._land_settings = land_settings
        self._layers: dict[str, gpd.GeoDataFrame] = {}
        self._points: dict[str, npt.NDArray[Any]] = {}
        self._places: dict[str, npt.NDArray[np.int32]] = {}

    @property
    def data_year(self) -> int:
        """Year the snapshot speaks of."""
        return int(self.snapshot.manifest.as_of[:4])

    @cached_property
    def scope(self) -> Scope:
        """Area the figures speak of."""
        return find_scope(self.snapshot)

    @cached_property
    def atoms(self) -> Atoms:
        """The scope in pieces of one county, street, community and managed area."""
        return build_atoms(self.scope, find_zones(self.snapshot))

    def layer(self, name: str) -> gpd.GeoDataFrame:
        """Return a whole layer, read once."""
        if name not in self._layers:
            self._layers[name] = self.snapshot.layer(name)
        return self._layers[name]

    def shapes(self, name: str) -> npt.NDArray[Any]:
        """Return a layer's geometries."""
        return np.asarray(self.layer(name).geometry.to_numpy())

    def points(self, name: str) -> npt.NDArray[Any]:
        """Return one point for each feature: inside a polygon, halfway along a line."""
        if name not in self._points:
            shapes = self.shapes(name)
            lines = shapely.get_dimensions(shapes) == 1
            points = shapely.point_on_surface(shapes)
            points[lines] = shapely.line_interpolate_point(_longest_part(shapes[lines]), 0.5, normalized=True)
            self._points[name] = points
        return self._points[name]

    def place(self, name: str) -> npt.NDArray[np.int32]:
        """Return the atom each feature's point lies in, or -1 outside the scope."""
        if name not in self._places:
            self._places[name] = self.atoms.place(self.points(name))
        return self._places[name]

    def known_share(self, layer: str, column: str) -> float:
        """Return the share of a layer's features whose column is known."""
        record = self.snapshot.manifest.layers.get(layer)
        return record.columns[column].known_share if record and column in record.columns else 0.0

    @cached_property
    def estate_names(self) -> pd.Series[str]:
        """Names of the estates by id."""
        names: pd.Series[str] = self.layer("estates").set_index("id")["name"].fillna("")
        return names

    @cached_property
    def residential_land(self) -> Land:
        """Residential land inside the scope."""
        return residential_land(self.snapshot, self.atoms, self._land_settings)

    @cached_property
    def construction_land(self) -> Land:
        """Construction land inside the scope."""
        return construction_land(self.snapshot, self.scope, self.atoms, self._land_settings)

    @cached_property
    def residents(self) -> Residents:
        """Where the residents of the scope live."""
        return find_residents(self)

    @cached_property
    def walking(self) -> Walking:
        """Walking distances from the homes of estates."""
        graph = StreetGraph.from_snapshot(self.snapshot, mode="walk")
        return Walking(graph, self.layer("buildings"), self.layer("estates"))


def _longest_part(lines: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Return, for each line, its longest part, so that a point along it can be found."""
    parts, owner = shapely.get_parts(lines, return_index=True)
    order = np.lexsort((-shapely.length(parts), owner))
    firsts = np.unique(owner[order], return_index=True)[1]
    return np.asarray(parts[order][firsts])
