"""QGIS styles (QML) for the layers of the GeoPackage: the report's palette, and indicator names beside their ids."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from huancheng.report import layout

_COLOURS = {
    "water": "#b9d5e2", "green_space": "#cfe3c4", "buildings": "#aab2b9", "streets": "#c9c2b8", "railways": "#4b5560",
    "boundary": layout.INK, "built_up_area": layout.TEAL, "divisions": layout.MUTED, "managed_areas": layout.AMBER,
    "heritage_zones": "#8a5a44", "facilities": layout.TEAL, "transit_stops": layout.GREEN, "waterways": "#7fb0c6",
}  # fmt: skip
_OUTLINES = ("boundary", "built_up_area", "divisions", "managed_areas", "central_city", "blocks", "estates")


def style_of(table: str, geometry: str, aliases: Mapping[str, str]) -> str:
    """Return the QML of a layer.

    Parameters
    ----------
    table
        Name of the layer.
    geometry
        Its geometry type as the GeoPackage names it (POINT, MULTIPOLYGON …).
    aliases
        Words shown for a field's name.
    """
    problem = table.startswith("problems")
    colour = layout.VERMILION if problem else _COLOURS.get(table, "#c3cad0")
    if "POLYGON" in geometry:
        hollow = table in _OUTLINES or table.startswith("values_")
        symbol = _symbol("fill", "SimpleFill", {
            "color": _rgba(colour, 0 if hollow else 255), "style": "no" if hollow else "solid",
            "outline_color": _rgba(colour if hollow else layout.PAPER), "outline_width": "0.4" if hollow else "0.05",
            "outline_style": "solid",
        })  # fmt: skip
    elif "LINE" in geometry:
        symbol = _symbol(
            "line", "SimpleLine", {"line_color": _rgba(colour), "line_width": "0.3", "line_style": "solid"}
        )
    else:
        symbol = _symbol("marker", "SimpleMarker", {
            "name": "circle", "color": _rgba(colour), "outline_color": _rgba(layout.PAPER), "size": "2",
        })  # fmt: skip
    names = "".join(f"<alias field={quoteattr(field)} name={quoteattr(words)}/>" for field, words in aliases.items())
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.28" styleCategories="Symbology|Fields">'
        f'<renderer-v2 type="singleSymbol" forceraster="0"><symbols>{symbol}</symbols></renderer-v2>'
        f"<aliases>{names}</aliases></qgis>"
    )


def _symbol(kind: str, layer: str, options: Mapping[str, str]) -> str:
    entries = "".join(f'<Option type="QString" name="{name}" value="{value}"/>' for name, value in options.items())
    return (
        f'<symbol type="{kind}" name="0" alpha="1"><layer class="{layer}" enabled="1" pass="0" locked="0">'
        f'<Option type="Map">{entries}</Option></layer></symbol>'
    )


def _rgba(colour: str, alpha: int = 255) -> str:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"
