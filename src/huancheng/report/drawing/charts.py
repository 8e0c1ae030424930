"""Charts for documents: bars with their numbers on them, few colours, no gauges and no pies."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from huancheng.report import layout
from huancheng.report.drawing.sheet import RESOLUTION
from huancheng.report.numerals import format_number
from huancheng.report.typeface import register_with_matplotlib

_WIDTH = 6.2
_ROW = 0.27
_NARROW = 0.035
"""Share of the axis below which a number does not fit into its bar."""


@dataclass(frozen=True, slots=True)
class Series:
    """One part of stacked bars: its name, its colour, one number for each bar."""

    name: str
    colour: str
    amounts: Sequence[float]


def stacked_bars(labels: Sequence[str], series: Sequence[Series], *, unit: str = "") -> bytes:
    """Return horizontal stacked bars as PNG; every part bears its number, and the parts are named above the bars.

    Parameters
    ----------
    labels
        One per bar, from the top down.
    series
        The parts, from the left; parts that are zero everywhere are left out.
    unit
        Unit of the numbers, printed with the names.
    """
    shown = [part for part in series if any(part.amounts)]
    totals = [sum(part.amounts[row] for part in shown) for row in range(len(labels))]
    top = max([*totals, 1e-9])
    figure, axes = _frame(labels, head=0.34)
    left = [0.0] * len(labels)
    for part in shown:
        axes.barh(range(len(labels)), part.amounts, left=left, height=0.62, color=part.colour, linewidth=0)
        for row, amount in enumerate(part.amounts):
            if amount / top >= _NARROW:
                axes.text(
                    left[row] + amount / 2,
                    row,
                    format_number(amount, "个"),
                    ha="center",
                    va="center",
                    color=_on(part.colour),
                    size=7.5,
                )
        left = [before + amount for before, amount in zip(left, part.amounts, strict=True)]
    axes.set_xlim(0, top * 1.02)
    _names(figure, [(part.name, part.colour) for part in shown], unit)
    return _png(figure)


def bars(labels: Sequence[str], amounts: Sequence[float], *, unit: str, colour: str = layout.TEAL) -> bytes:
    """Return horizontal bars as PNG, each with its number behind it.

    Parameters
    ----------
    labels, amounts
        One per bar, from the top down.
    unit
        Unit of the numbers.
    colour
        Of the bars.
    """
    figure, axes = _frame(labels, head=0.08)
    axes.barh(range(len(labels)), amounts, height=0.62, color=colour, linewidth=0)
    top = max([*amounts, 1e-9])
    for row, amount in enumerate(amounts):
        axes.text(
            amount + top * 0.012,
            row,
            f"{format_number(amount, unit)} {unit}",
            ha="left",
            va="center",
            color=layout.INK,
            size=7.5,
        )
    axes.set_xlim(0, top * 1.2)
    return _png(figure)


def share_bars(
    labels: Sequence[str], shares: Sequence[Mapping[str, float]], colours: Mapping[str, str], names: Mapping[str, str]
) -> bytes:
    """Return bars that each add up to 100 % as PNG: how much of a thing is known in which way.

    Parameters
    ----------
    labels
        One per bar, from the top down.
    shares
        For each bar, share (0 to 1) by kind.
    colours, names
        Colour and words of each kind, in drawing order.
    """
    series = [
        Series(names[kind], colours[kind], [round(100 * share.get(kind, 0.0), 1) for share in shares])
        for kind in colours
    ]
    return stacked_bars(labels, series, unit="%")


def _frame(labels: Sequence[str], head: float) -> tuple[Figure, Any]:
    family = register_with_matplotlib()
    height = head + _ROW * len(labels) + 0.06
    widest = max((_width(label) for label in labels), default=1)
    margin = min(0.48, (widest * 0.112 + 0.12) / _WIDTH)
    with mpl.rc_context({"font.family": family, "axes.unicode_minus": False}):
        figure = Figure(figsize=(_WIDTH, height), dpi=RESOLUTION, facecolor=layout.PAPER)
        FigureCanvasAgg(figure)
        axes: Any = figure.add_axes((margin, 0.03 / height, 0.99 - margin, (height - head - 0.03) / height))
    axes.set_yticks(range(len(labels)), labels, size=8, color=layout.INK, family=family)
    axes.set_ylim(len(labels) - 0.45, -0.55)
    axes.set_xticks([])
    axes.tick_params(length=0)
    for side, spine in axes.spines.items():
        spine.set(visible=side == "left", color=layout.MUTED, linewidth=0.6)
    return figure, axes


def _width(label: str) -> float:
    return sum(1.0 if ord(character) > 0x2E80 else 0.55 for character in label)  # noqa: PLR2004 - first CJK code point


def _names(figure: Figure, names: Sequence[tuple[str, str]], unit: str) -> None:
    family = register_with_matplotlib()
    height = figure.get_figheight()
    x = 0.01
    for name, colour in names:
        line = 1 - 0.15 / height
        figure.text(x, line, "■", size=8, color=colour, va="center", family=family)
        figure.text(x + 0.02, line, name, size=8, color=layout.INK, va="center", family=family)
        x += 0.045 + _width(name) * 0.0195
    if unit:
        figure.text(
            0.99,
            1 - 0.15 / height,
            f"单位：{unit}",
            size=7.5,
            color=layout.MUTED,
            va="center",
            ha="right",
            family=family,
        )


def _on(colour: str) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return layout.INK if 0.299 * red + 0.587 * green + 0.114 * blue > 150 else "#ffffff"  # noqa: PLR2004 - reads on dark


def _png(figure: Figure) -> bytes:
    buffer = io.BytesIO()
    family = register_with_matplotlib()
    for axes in figure.axes:
        for words in axes.texts:
            words.set_fontfamily(family)
    figure.savefig(buffer, format="png", dpi=RESOLUTION, metadata={"Software": None})
    return buffer.getvalue()
