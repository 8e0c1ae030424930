"""The street graph of one travel mode."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS

from huancheng.access.attachment import Attachment, attach_to_edges, attach_to_nodes
from huancheng.access.components import Components, components_of
from huancheng.access.contraction import Contraction, contract
from huancheng.access.lengths import UNREACHED, Integers, Numbers, to_decimetres
from huancheng.access.street_report import StreetReport
from huancheng.access.travel_modes import Mode
from huancheng.city.snapshot import Snapshot


@dataclass(frozen=True, eq=False)
class StreetGraph:
    """Streets as nodes and edges, with whole decimetres for lengths.

    Build it with `from_snapshot`, `from_streets` or `from_arrays`. Nodes are numbered by place (x, then y), edges by
    their nodes, whatever the order of the streets.

    Parameters
    ----------
    position
        Coordinates of the nodes in metres, shape (nodes, 2).
    first, second
        Nodes at the ends of each edge.
    length
        Decimetres of each edge, at least 1.
    forward, backward
        1 where the edge may be used from first to second, from second to first.
    geometry
        Line string of each edge from first to second; empty for a graph built from arrays.
    street
        Row of the streets layer each edge was cut from.
    crs
        Metric CRS of the coordinates; None if unknown.
    report
        What was taken in, assumed, cut and left out.
    """

    position: Numbers
    first: Integers
    second: Integers
    length: Integers
    forward: Integers
    backward: Integers
    geometry: npt.NDArray[np.object_] = field(default_factory=lambda: np.empty(0, object))
    street: Integers = field(default_factory=lambda: np.empty(0, np.int32))
    crs: CRS | None = None
    report: StreetReport | None = None

    @classmethod
    def from_snapshot(
        cls, snapshot: Snapshot, mode: Mode = "walk", *, barriers: bool = True, node_crossings: bool = False
    ) -> StreetGraph:
        """Build the graph of a mode from the streets, railways and water of a snapshot.

        Parameters
        ----------
        snapshot
            City snapshot.
        mode
            `walk`, `cycle` or `drive`.
        barriers
            Cut streets that cross railways or water without bridge or tunnel.
        node_crossings
            Let lines of one level meet where they cross, vertex or not.

        Returns
        -------
        StreetGraph
            Empty if no street is open to the mode.
        """
        from huancheng.access.street_graph_building import graph_of_streets

        columns = [mode, "class", "bridge", "tunnel", "layer_level", "oneway", "reversed"]
        rail_columns = ["kind", "bridge", "tunnel", "layer_level"]
        return graph_of_streets(
            snapshot.layer("streets", columns),
            mode,
            railways=snapshot.layer("railways", rail_columns) if barriers else None,
            water=snapshot.layer("water", []) if barriers else None,
            node_crossings=node_crossings,
        )

    @classmethod
    def from_streets(
        cls,
        streets: gpd.GeoDataFrame,
        mode: Mode = "walk",
        *,
        railways: gpd.GeoDataFrame | None = None,
        water: gpd.GeoDataFrame | None = None,
        node_crossings: bool = False,
    ) -> StreetGraph:
        """Build the graph of a mode from frames with the columns of the layer schemas.

        Parameters
        ----------
        streets
            Lines in a metric CRS with `id`; of the other columns those that are known.
        mode, node_crossings
            As for `from_snapshot`.
        railways, water
            Barriers; None for none.

        Returns
        -------
        StreetGraph
            Empty if no street is open to the mode.

        Raises
        ------
        InputFault
            If the CRS is not metric.
        """
        from huancheng.access.street_graph_building import graph_of_streets

        return graph_of_streets(streets, mode, railways=railways, water=water, node_crossings=node_crossings)

    @classmethod
    def from_arrays(
        cls,
        position: npt.ArrayLike,
        first: npt.ArrayLike,
        second: npt.ArrayLike,
        length: npt.ArrayLike,
        *,
        forward: npt.ArrayLike | None = None,
        backward: npt.ArrayLike | None = None,
    ) -> StreetGraph:
        """Build a graph from nodes and edges as they are; they keep their numbers.

        Parameters
        ----------
        position
            Coordinates of the nodes in metres, shape (nodes, 2).
        first, second
            Nodes at the ends of each edge; loops and parallel edges are allowed.
        length
            Decimetres, at least 1.
        forward, backward
            Whether each edge may be used from first to second, from second to first; both by default.

        Returns
        -------
        StreetGraph
            Without edge geometry: points can be attached to its nodes only.

        Raises
        ------
        ValueError
            If an edge names a node that is not there, is shorter than 1 dm, or is open in no direction.
        """
        places = np.ascontiguousarray(position, np.float64).reshape(-1, 2)
        one, other, metres = (np.ascontiguousarray(values, np.int32) for values in (first, second, length))
        open_forward = np.ones(one.size, np.int32) if forward is None else np.asarray(forward, bool).astype(np.int32)
        open_backward = np.ones(one.size, np.int32) if backward is None else np.asarray(backward, bool).astype(np.int32)
        ends = np.concatenate([one, other])
        if ends.size and (ends.min() < 0 or ends.max() >= len(places)):
            message = f"edges name nodes from {ends.min()} to {ends.max()}; the nodes run from 0 to {len(places) - 1}"
            raise ValueError(message)
        if (metres < 1).any() or not (open_forward | open_backward).all():
            message = "every edge needs a length of at least 1 decimetre and a direction in which it is open"
            raise ValueError(message)
        return cls(places, one, other, metres, open_forward, open_backward)

    @property
    def nodes(self) -> int:
        """Number of nodes."""
        return len(self.position)

    @property
    def edges(self) -> int:
        """Number of edges."""
        return self.first.size

    @cached_property
    def contraction(self) -> Contraction:
        """The graph with chains contracted, on which all searches run."""
        return contract(
            self.nodes,
            self.first,
            self.second,
            self.length,
            forward=self.forward,
            backward=self.backward,
            position=self.position,
        )

    @cached_property
    def components(self) -> Components:
        """Parts of the graph that are not joined, longest first."""
        return components_of(self.nodes, self.first, self.second, self.length)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self.geometry)

    def attach(self, points: Any, *, reach: float | None = None, main_part_only: bool = False) -> Attachment:
        """Attach points to the nearest edge by perpendicular projection.

        The way from a point to the street counts as walked. Of edges equally near the one with the lowest number is
        taken; numbers follow the edges' places. A polygon is attached from its centroid.

        Parameters
        ----------
        points
            GeoSeries, GeoDataFrame or array of geometries in the graph's CRS.
        reach
            Longest way to the street in metres; None for any.
        main_part_only
            Leave out streets that are not joined to the largest part of the graph.

        Returns
        -------
        Attachment
            One place for each point; points that are empty or out of reach are not attached.

        Raises
        ------
        ValueError
            If the points are in another CRS, or the graph has no edge geometry.
        """
        if self.edges and not self.geometry.size:
            message = "this graph was built from arrays and has no edge geometry; use at_nodes"
            raise ValueError(message)
        shapes = self._shapes(points)
        edge = np.full(shapes.size, UNREACHED, np.int32)
        offset, detour = np.zeros(shapes.size, np.int32), np.zeros(shapes.size, np.int32)
        usable = np.flatnonzero(~(shapely.is_missing(shapes) | shapely.is_empty(shapes)))
        tree, edges = self._tree, np.arange(self.edges, dtype=np.int32)
        if main_part_only:
            edges = np.flatnonzero(self.components.of_node[self.first] == 0).astype(np.int32)
            tree = shapely.STRtree(self.geometry[edges])
        if usable.size and edges.size:
            pairs, away = tree.query_nearest(shapes[usable], max_distance=reach, return_distance=True)
            order = np.lexsort((edges[pairs[1]], pairs[0]))
            point, nearest = pairs[0][order], edges[pairs[1][order]]
            taken = np.ones(point.size, bool)
            taken[1:] = point[1:] != point[:-1]
            at = usable[point[taken]]
            edge[at] = nearest[taken]
            detour[at] = to_decimetres(away[order][taken])
            along = shapely.line_locate_point(self.geometry[edge[at]], shapes[at])
            offset[at] = np.minimum(to_decimetres(along), self.length[edge[at]])
        return attach_to_edges(self.contraction, edge, offset, detour)

    def at_nodes(self, nodes: npt.ArrayLike | None = None) -> Attachment:
        """Return places that are nodes, all of them by default.

        Parameters
        ----------
        nodes
            Numbers of nodes.

        Returns
        -------
        Attachment
            One place for each, without detour.

        Raises
        ------
        ValueError
            If a node is not there.
        """
        chosen = np.arange(self.nodes, dtype=np.int32) if nodes is None else np.asarray(nodes, np.int32)
        if chosen.size and (chosen.min() < 0 or chosen.max() >= self.nodes):
            message = f"nodes run from 0 to {self.nodes - 1}, not from {chosen.min()} to {chosen.max()}"
            raise ValueError(message)
        return attach_to_nodes(self.contraction, chosen)

    def _shapes(self, points: Any) -> npt.NDArray[np.object_]:
        crs = getattr(points, "crs", None)
        if crs is not None and self.crs is not None and not self.crs.equals(crs, ignore_axis_order=True):
            message = f"the points are in {CRS(crs).name}, the streets in {self.crs.name}; reproject the points first"
            raise ValueError(message)
        shapes = np.asarray(getattr(points, "geometry", points), dtype=object)
        flat = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
        return np.where(flat | shapely.is_missing(shapes), shapes, shapely.centroid(shapes))
