"""Street graphs in GraphML as OSMnx writes them: edges become lines."""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS

from huancheng.city.readers.table import ReadOptions, RowFault, SourceTable
from huancheng.city.readers.vector import choose_layer
from huancheng.evidence import InputFault

_LAYERS = ["edges", "nodes"]
_CURE = "save the graph again with OSMnx (`save_graphml`)"


def graphml_layers(path: Path) -> list[str]:
    """Return the two layers every graph has."""
    del path
    return list(_LAYERS)


def read_graphml(path: Path, layer: str | None, options: ReadOptions) -> SourceTable:
    """Read the edges (the default) or the nodes of a graph.

    An edge without its own shape is the straight line between its nodes.

    Raises
    ------
    InputFault
        If the file is no GraphML, or declares a document type (which could hide an entity bomb).
    """
    del options
    layer = choose_layer(path, layer or _LAYERS[0], list(_LAYERS))
    document = _Document(path)
    records = document.nodes if layer == "nodes" else document.edges
    labels = np.array([str(number) for number in range(1, len(records) + 1)], dtype=object)
    frame = pd.DataFrame(records, dtype="string")
    shapes = [document.point(row) if layer == "nodes" else document.line(row) for row in records]
    faults = tuple(
        RowFault(labels[at], "geometry", "the place can't be read", at)
        for at, shape in enumerate(shapes)
        if shape is None
    )
    return SourceTable(
        path.name, layer, frame.drop(columns=["geometry"], errors="ignore"), np.array(shapes, dtype=object),
        document.crs(), labels, faults,
    )  # fmt: skip


class _Document:
    """Nodes, edges and graph attributes as plain dictionaries, by streaming through the file."""

    def __init__(self, path: Path) -> None:
        self.nodes: list[dict[str, str]] = []
        self.edges: list[dict[str, str]] = []
        self.graph: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._open: list[dict[str, str]] = []
        self._key: str | None = None
        self._text: list[str] = []
        self._file = path.name
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text.append
        parser.StartDoctypeDeclHandler = self._refuse_doctype
        try:
            with path.open("rb") as stream:
                parser.ParseFile(stream)
        except expat.ExpatError as error:
            message = f"the file is no well-formed XML: {expat.ErrorString(error.code)}"
            raise InputFault(message, file=path.name, row=error.lineno, cure=_CURE) from error
        if not self._names and not self.nodes:
            raise InputFault("the file holds no graph", file=path.name, cure=_CURE)
        self._places = {node["id"]: self.point(node) for node in self.nodes}

    def _refuse_doctype(self, *_: object) -> None:
        message = "the file declares a document type, which a graph does not need and a bomb does"
        raise InputFault(message, file=self._file, cure=_CURE)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit(":", 1)[-1]
        if name == "key":
            self._names[attributes.get("id", "")] = attributes.get("attr.name", "")
        elif name == "graph":
            self._open.append(self.graph)
        elif name in ("node", "edge"):
            record = dict(attributes)
            (self.nodes if name == "node" else self.edges).append(record)
            self._open.append(record)
        elif name == "data":
            self._key = self._names.get(attributes.get("key", ""), attributes.get("key"))
            self._text.clear()

    def _end(self, tag: str) -> None:
        name = tag.rsplit(":", 1)[-1]
        if name == "data" and self._key is not None and self._open:
            self._open[-1][self._key] = "".join(self._text)
            self._key = None
        elif name in ("graph", "node", "edge"):
            self._open.pop()

    def point(self, node: dict[str, str]) -> shapely.Point | None:
        """Return the node's place, None where it has none."""
        try:
            return shapely.Point(float(node["x"]), float(node["y"]))
        except (KeyError, ValueError):
            return None

    def line(self, edge: dict[str, str]) -> shapely.Geometry | None:
        """Return the edge's shape, straight where it has none of its own."""
        if "geometry" in edge:
            shape: shapely.Geometry | None = shapely.from_wkt(edge["geometry"], on_invalid="ignore")
            return shape
        start, end = (self._places.get(edge.get(side, "")) for side in ("source", "target"))
        return None if start is None or end is None else shapely.LineString([start, end])

    def crs(self) -> CRS | None:
        """Return the CRS the graph names."""
        text = self.graph.get("crs")
        return CRS.from_user_input(text) if text else None
