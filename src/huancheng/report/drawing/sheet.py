"""The map sheet: frame, title, legend, scale bar, north arrow, attribution, field for the map-approval number."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import matplotlib as mpl
import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Polygon, Rectangle
from PIL import Image

from huancheng.report import layout
from huancheng.report.typeface import register_with_matplotlib

RESOLUTION = 200
"""Dots per inch."""
_TITLE, _FOOT, _LEGEND_ROW = 0.3, 0.26, 0.2
_NARROWEST = 0.62
_ALMOST_WHITE = 248
"""Shades lighter than this are printed as the paper's white."""

APPROVAL_EMPTY = "审图号：＿＿＿＿＿＿（公开前须送审）"


class Sign(StrEnum):
    """How a legend entry is drawn."""

    AREA = "area"
    LINE = "line"
    DOT = "dot"


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend."""

    words: str
    colour: str
    sign: Sign = Sign.AREA
    edge: str = "none"


@dataclass(frozen=True, slots=True)
class Frame:
    """Measures of a sheet, together as wide as the type area.

    Parameters
    ----------
    width
        Inches of the map from west to east.
    panel
        Inches of the panel at its right that holds the legend; 0 puts the legend under the map.
    tallest
        Greatest height of the map as a multiple of its width.
    """

    width: float
    panel: float
    tallest: float


FULL = Frame(6.2, 0.0, 1.1)
"""One map to a page."""
COMPACT = Frame(4.35, 1.85, 0.78)
"""Two maps to a page, each with its legend beside it."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The ground a sheet shows, in metres of the snapshot's CRS."""

    left: float
    bottom: float
    right: float
    top: float

    @classmethod
    def around(
        cls, bounds: npt.NDArray[np.float64] | Sequence[float], frame: Frame = FULL, margin: float = 0.03
    ) -> Extent:
        """Return the bounds with a margin, widened where the shape would be too narrow or too tall for the frame."""
        left, bottom, right, top = (float(bound) for bound in bounds)
        width, height = max(right - left, 50.0), max(top - bottom, 50.0)
        width, height = max(width, height / frame.tallest), max(height, width * _NARROWEST)
        width, height = width * (1 + 2 * margin), height * (1 + 2 * margin)
        centre_x, centre_y = (left + right) / 2, (bottom + top) / 2
        return cls(centre_x - width / 2, centre_y - height / 2, centre_x + width / 2, centre_y + height / 2)

    @property
    def box(self) -> shapely.Polygon:
        """The ground as a polygon."""
        return shapely.box(self.left, self.bottom, self.right, self.top)

    @property
    def width(self) -> float:
        """Metres from west to east."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Metres from south to north."""
        return self.top - self.bottom


class Sheet:
    """A page with one map; draw on `axes`, then take the PNG.

    Parameters
    ----------
    extent
        Ground shown.
    title
        Words above the map; empty for a bare picture without frame and legend.
    legend
        Entries under or beside the map.
    frame
        Measures of the sheet.
    attribution
        Who gave the data.
    approval
        Map-approval number; an empty field is printed where it is empty.
    """

    def __init__(
        self, extent: Extent, title: str = "", legend: Sequence[LegendEntry] = (), *, frame: Frame = FULL,
        attribution: str = "", approval: str = "",
    ) -> None:  # fmt: skip
        self.extent, self.family = extent, register_with_matplotlib()
        map_height = round(frame.width * extent.height / extent.width * RESOLUTION) / RESOLUTION
        columns = 1 if frame.panel else max(1, min(4, 24 // max((len(entry.words) for entry in legend), default=24)))
        rows = 0 if frame.panel else math.ceil(len(legend) / columns)
        head, foot = (_TITLE, _FOOT + rows * _LEGEND_ROW) if title else (0.0, 0.0)
        self._foot_inches = foot
        width, height = frame.width + (frame.panel if title else 0.0), map_height + head + foot
        with mpl.rc_context({"font.family": self.family, "axes.unicode_minus": False}):
            self.figure = Figure(figsize=(width, height), dpi=RESOLUTION, facecolor=layout.PAPER)
            FigureCanvasAgg(self.figure)
            self.axes: Any = self.figure.add_axes((0, foot / height, frame.width / width, map_height / height))
            self._frame_axes(layout.INK if title else "none")
            if title:
                self._words(0.003, 1 - 0.6 * head / height, title, 10.5, layout.INK, weight="bold")
                place = (frame.width / width + 0.005, 1 - head / height) if frame.panel else (-0.004, foot / height)
                self._legend(legend, columns, place)
                self._foot(attribution, approval, height)
                self._scale_bar()
                self._north_arrow()

    def _frame_axes(self, colour: str) -> None:
        self.axes.set_xlim(self.extent.left, self.extent.right)
        self.axes.set_ylim(self.extent.bottom, self.extent.top)
        self.axes.set_xticks([])
        self.axes.set_yticks([])
        self.axes.set_facecolor(layout.PAPER)
        for spine in self.axes.spines.values():
            spine.set(color=colour, linewidth=0.6)

    def _words(self, x: float, y: float, words: str, size: float, colour: str, **more: Any) -> None:
        self.figure.text(x, y, words, size=size, color=colour, va="center", family=self.family, **more)

    def png(self, colours: int = 256) -> bytes:
        """Return the sheet as PNG with a palette of so many colours: a quarter of the size, the same to the eye."""
        canvas: Any = self.figure.canvas
        canvas.draw()
        pixels = np.asarray(canvas.buffer_rgba())[:, :, :3]
        picture = Image.fromarray(np.ascontiguousarray(pixels))
        buffer = io.BytesIO()
        palette = picture.quantize(colours, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        shades = np.array(palette.getpalette()).reshape(-1, 3)
        shades[(shades > _ALMOST_WHITE).all(axis=1)] = 255
        palette.putpalette(shades.ravel().tolist())
        palette.save(buffer, "PNG", compress_level=6, dpi=(RESOLUTION, RESOLUTION))
        return buffer.getvalue()

    def pixels(self) -> npt.NDArray[np.uint8]:
        """Return the drawing as an array (rows, columns, 4), to lie under another sheet of the same extent."""
        canvas: Any = self.figure.canvas
        canvas.draw()
        return np.array(canvas.buffer_rgba())

    def underlay(self, pixels: npt.NDArray[np.uint8]) -> None:
        """Lay the pixels of a bare sheet of the same extent and frame under what is drawn, dot for dot."""
        self.axes.patch.set_visible(False)
        self.figure.figimage(pixels, 0, round(self._foot_inches * RESOLUTION), zorder=-1)

    def _legend(self, entries: Sequence[LegendEntry], columns: int, place: tuple[float, float]) -> None:
        if not entries:
            return
        handles = [_handle(entry) for entry in entries]
        self.figure.legend(
            handles, [_wrapped(entry.words, _PANEL_CHARACTERS if columns == 1 else 99) for entry in entries],
            loc="upper left", bbox_to_anchor=place, ncols=columns,
            frameon=False, prop={"family": self.family, "size": 7.5}, handlelength=1.6, handleheight=0.9,
            columnspacing=1.6,
            labelspacing=0.45, labelcolor=layout.INK, borderpad=0.3,
        )  # fmt: skip

    def _foot(self, attribution: str, approval: str, height: float) -> None:
        line = 0.09 / height
        self._words(0.003, line, f"数据来源：{attribution or '城市快照'}", 6.2, layout.MUTED)
        self._words(0.997, line, f"审图号：{approval}" if approval else APPROVAL_EMPTY, 6.2, layout.MUTED, ha="right")

    def _scale_bar(self) -> None:
        extent = self.extent
        length = _round_length(extent.width * 0.22)
        left, bottom = extent.left + extent.width * 0.025, extent.bottom + extent.width * 0.035
        thick = extent.width * 0.006
        words = f"{length / 1000:g} 公里" if length >= 1000 else f"{length:g} 米"  # noqa: PLR2004 - metres below a kilometre
        margin = extent.width * 0.012
        backing = Rectangle(
            (left - margin, bottom - margin), length + extent.width * 0.055 + margin,
            thick + extent.width * 0.027 + margin,
            facecolor=layout.PAPER, alpha=0.82, linewidth=0, zorder=90,
        )  # fmt: skip
        self.axes.add_patch(backing)
        for half, colour in ((0, layout.INK), (1, layout.PAPER)):
            bar = Rectangle(
                (left + half * length / 2, bottom), length / 2, thick,
                facecolor=colour, edgecolor=layout.INK, linewidth=0.6, zorder=91,
            )  # fmt: skip
            self.axes.add_patch(bar)
        for place, mark in ((left, "0"), (left + length, words)):
            self.axes.text(
                place,
                bottom + thick * 1.5,
                mark,
                size=6.5,
                ha="center",
                va="bottom",
                color=layout.INK,
                zorder=92,
                family=self.family,
            )

    def _north_arrow(self) -> None:
        extent = self.extent
        size = extent.width * 0.022
        x, y = extent.right - size * 1.8, extent.top - size * 3.6
        self.axes.add_patch(
            Rectangle(
                (x - size * 1.1, y - size * 0.5),
                size * 2.2,
                size * 3.8,
                facecolor=layout.PAPER,
                alpha=0.82,
                linewidth=0,
                zorder=90,
            )
        )
        for side, colour in ((-1, layout.INK), (1, layout.PAPER)):
            points = [(x, y + size * 2), (x + side * size * 0.62, y), (x, y + size * 0.45)]
            self.axes.add_patch(
                Polygon(points, closed=True, facecolor=colour, edgecolor=layout.INK, linewidth=0.5, zorder=91)
            )
        self.axes.text(
            x, y + size * 2.15, "北", size=7, ha="center", va="bottom", color=layout.INK, zorder=92, family=self.family
        )


def _handle(entry: LegendEntry) -> Patch | Line2D:
    if entry.sign is Sign.LINE:
        return Line2D([], [], color=entry.colour, linewidth=2)
    if entry.sign is Sign.DOT:
        return Line2D([], [], color=entry.colour, marker="o", linestyle="none", markersize=4)
    return Patch(facecolor=entry.colour, edgecolor=entry.edge if entry.edge != "none" else layout.LINE, linewidth=0.5)


_PANEL_CHARACTERS = 16


def _wrapped(words: str, most: int) -> str:
    """Break words after so many characters; Chinese may break anywhere."""
    return "\n".join(words[start : start + most] for start in range(0, len(words), most))


def _round_length(metres: float) -> float:
    step = 10.0 ** math.floor(math.log10(metres))
    return max(factor * step for factor in (1, 2, 5) if factor * step <= metres)
