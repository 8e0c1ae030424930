"""What lies under every map: the city drawn once in quiet greys, or in full as the overview."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from huancheng.city.snapshot import Snapshot
from huancheng.report import layout
from huancheng.report.drawing.shapes import fill, stroke
from huancheng.report.drawing.sheet import COMPACT, FULL, Extent, Frame, LegendEntry, Sheet, Sign

_WATER, _GREEN, _BUILDING, _STREET = "#dce8ed", "#e6eee2", "#cdd3d8", "#dfe3e6"
_MAIN_STREETS = ("expressway", "arterial", "secondary")
_CAR_STREETS = (*_MAIN_STREETS, "branch", "residential")
_LAND_USE = (
    ("residential", "居住", "#fbf0c4"),
    ("village", "村庄", "#efe2b6"),
    ("public_service", "公共服务", "#f3d3dc"),
    ("commercial", "商业", "#f2c4ae"),
    ("industrial", "工业", "#d9cbb8"),
    ("logistics", "物流仓储", "#ddd2e6"),
    ("transport", "交通", "#e3e6e8"),
    ("utility", "公用设施", "#cfdce4"),
    ("green", "绿地", "#cfe3c4"),
    ("agricultural", "农用地", "#eef3de"),
    ("forest", "林地", "#bfd8b8"),
    ("special", "特殊", "#dcd8d2"),
    ("vacant", "未利用", "#f4f2ec"),
)
"""Class, words and tint: the hues are those planners know, made pale so that lines stay readable."""


class Ground:
    """The snapshot's layers, ready to lie under a map.

    Parameters
    ----------
    snapshot
        The city; only public layers are drawn.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._kept: dict[str, Any] = {}

    @cached_property
    def extent(self) -> Extent:
        """The ground that maps of one indicator show."""
        return self._extent(COMPACT)

    def _extent(self, frame: Frame) -> Extent:
        """Return the built-up area's extent, else the boundary's, else the buildings'."""
        for name in ("built_up_area", "central_city", "boundary", "buildings", "streets"):
            if self.snapshot.has(name):
                return Extent.around(shapely.total_bounds(self.shapes(name)), frame)
        return Extent.around((0, 0, 1000, 1000), frame)

    def frame(self, name: str, *columns: str) -> Any:
        """Return a layer with the columns asked for; each file is read once."""
        key = f"{name}:{','.join(columns)}"
        if key not in self._kept:
            self._kept[key] = self.snapshot.layer(name, columns)
        return self._kept[key]

    def shapes(self, name: str) -> npt.NDArray[np.object_]:
        """Return a layer's geometries."""
        shapes: npt.NDArray[np.object_] = self.frame(name).geometry.to_numpy()
        return shapes

    @cached_property
    def quiet(self) -> npt.NDArray[np.uint8]:
        """Pixels of the city in greys, drawn once for all the maps that lie on it."""
        sheet = Sheet(self.extent, frame=COMPACT)
        fill(sheet.axes, self.shapes("green_space"), _GREEN)
        fill(sheet.axes, self.shapes("water"), _WATER)
        self._streets(sheet, _STREET, 0.35, 0.9)
        fill(sheet.axes, self._visible("buildings", self.extent), _BUILDING)
        stroke(sheet.axes, self.shapes("built_up_area"), "#9aa5ae", 0.5, linestyles=(0, (5, 3)))
        return sheet.pixels()

    def sheet(self, title: str, legend: list[LegendEntry], approval: str = "") -> Sheet:
        """Return a sheet with the quiet city under it."""
        sheet = Sheet(
            self.extent, title, legend, frame=COMPACT, attribution=self.snapshot.manifest.attribution, approval=approval
        )
        sheet.underlay(self.quiet)
        return sheet

    def overview(self, approval: str = "") -> bytes:
        """Return the overview map as PNG: land use, water, green space, streets, railways and buildings."""
        uses = self.frame("land_use", "use")
        present = [entry for entry in _LAND_USE if (uses["use"] == entry[0]).any()]
        legend = [LegendEntry(words, tint) for _, words, tint in present]
        legend += [LegendEntry("水域", "#b9d5e2"), LegendEntry("公园绿地", "#a9cf9b"), LegendEntry("建筑", "#8e979f")]
        legend += [LegendEntry("主要道路", "#9b8f82", Sign.LINE)]
        extra = (
            ("railways", LegendEntry("铁路与轨道", "#4b5560", Sign.LINE)),
            ("built_up_area", LegendEntry("建成区范围", layout.TEAL, Sign.LINE)),
        )
        legend += [entry for name, entry in extra if self.snapshot.has(name)]
        manifest = self.snapshot.manifest
        extent = self._extent(FULL)
        sheet = Sheet(extent, f"{manifest.title}现状总图", legend, attribution=manifest.attribution, approval=approval)
        for use, _, tint in present:
            fill(sheet.axes, uses.geometry.to_numpy()[(uses["use"] == use).to_numpy()], tint)
        fill(sheet.axes, self.shapes("green_space"), "#a9cf9b")
        fill(sheet.axes, self.shapes("water"), "#b9d5e2")
        self._streets(sheet, "#c9c2b8", 0.3, 1.0, main="#9b8f82")
        fill(sheet.axes, self._visible("buildings", extent), "#8e979f")
        stroke(sheet.axes, self.shapes("railways"), "#4b5560", 0.8)
        stroke(sheet.axes, self.shapes("built_up_area"), layout.TEAL, 1.0, linestyles=(0, (5, 2)))
        return sheet.png()

    def _streets(self, sheet: Sheet, colour: str, thin: float, wide: float, main: str = "") -> None:
        streets = self.frame("streets", "class")
        kinds = streets["class"].fillna("")
        shapes = streets.geometry.to_numpy()
        minor = kinds.isin(_CAR_STREETS).to_numpy() & ~kinds.isin(_MAIN_STREETS).to_numpy()
        stroke(sheet.axes, shapes[minor], colour, thin)
        stroke(sheet.axes, shapes[kinds.isin(_MAIN_STREETS).to_numpy()], main or colour, wide)

    def _visible(self, name: str, extent: Extent) -> npt.NDArray[np.object_]:
        shapes = self.shapes(name)
        if not len(shapes):
            return shapes
        bounds = shapely.bounds(shapes)
        inside = (bounds[:, 2] > extent.left) & (bounds[:, 0] < extent.right)
        inside &= (bounds[:, 3] > extent.bottom) & (bounds[:, 1] < extent.top)
        visible: npt.NDArray[np.object_] = shapes[inside]
        return visible
