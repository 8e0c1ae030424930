"""How each use is built: sizes, floors and spacing of the rows of buildings."""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict

from huancheng.city.generate.arrays import Floats, Integers
from huancheng.city.generate.plot_uses import PlotUse

BUILDING_USES = (
    "residential",
    "public_service",
    "education",
    "health",
    "culture",
    "sport",
    "office",
    "commercial",
    "mixed",
    "industrial",
    "warehouse",
    "utility",
    "religious",
    "agricultural",
    "ancillary",
    "other",
)
"""Domain of the `use` column of buildings; the generator works with positions in it."""


class Template(BaseModel):
    """Rows of buildings along lanes.

    Parameters
    ----------
    building_use
        Word of the building layer's domain.
    length, depth
        Size of a building along and across its row, in metres.
    gap
        Between neighbours of one row, in metres.
    floors_low, floors_high
        Range of floors within the use; one plot keeps near one figure.
    floor_height
        In metres.
    sun
        Distance between rows as a multiple of the height of the tallest building.
    setback
        From the plot's sides, in metres.
    lane
        From a building's north face to the lane that serves it, in metres.
    spine
        Half of the width kept free for the lane that runs north to south, in metres.
    thinning
        Share of places in the rows left empty.
    yard
        Share of the plot's depth kept open in the south (playing field, forecourt).
    rows
        Most rows.
    home
        Floor area of one home in m²; 0 where there are none.
    occupied
        Share of homes in use.
    year_low, year_high
        Years of building.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    building_use: str
    length: float
    depth: float
    gap: float
    floors_low: int
    floors_high: int
    floor_height: float
    sun: float
    setback: float
    lane: float
    spine: float
    thinning: float
    yard: float
    rows: int
    home: float
    occupied: float
    year_low: int
    year_high: int


VILLAGE_ROWS = 15.0
OLD_TOWN_ROWS = 17.0
"""From row to row where houses stand closer than the sun asks, in metres."""

_NUMBERS = tuple(name for name in Template.model_fields if name != "building_use")


@cache
def templates() -> dict[PlotUse, Template]:
    """Return the template of each plot use that has buildings, from `templates.yaml`."""
    text = resources.files(__package__).joinpath("templates.yaml").read_text("utf-8")
    raw = yaml.safe_load(text)["templates"]
    return {PlotUse[name.upper()]: Template.model_validate(entry) for name, entry in raw.items()}


def template_columns(use: Integers) -> dict[str, Floats]:
    """Return the templates' figures for plots of the given uses, one array per figure, NaN where nothing is built."""
    table = {name: np.full(len(PlotUse), np.nan) for name in _NUMBERS}
    for kind, template in templates().items():
        for name in _NUMBERS:
            table[name][kind] = getattr(template, name)
    return {name: column[use] for name, column in table.items()}


def building_use_positions() -> Integers:
    """Return the position in `BUILDING_USES` of each plot use, -1 for uses without buildings."""
    positions = np.full(len(PlotUse), -1, np.int64)
    for kind, template in templates().items():
        positions[kind] = BUILDING_USES.index(template.building_use)
    return positions
