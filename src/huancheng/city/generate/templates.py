"""How each use is built: sizes, floors and spacing of the rows of buildings."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from huancheng.city.generate.arrays import Floats, Integers
from huancheng.city.generate.plot_uses import PlotUse

BUILDING_USES = (
    "residential", "public_service", "education", "health", "culture", "sport", "office", "commercial", "mixed",
    "industrial", "warehouse", "utility", "religious", "agricultural", "ancillary", "other",
)  # fmt: skip
"""Domain of the `use` column of buildings; the generator works with positions in it."""


@dataclass(frozen=True, slots=True)
class Template:
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

    building_use: str
    length: float
    depth: float
    gap: float
    floors_low: int
    floors_high: int
    floor_height: float = 3.0
    sun: float = 1.2
    setback: float = 8.0
    lane: float = 5.0
    spine: float = 6.0
    thinning: float = 0.0
    yard: float = 0.0
    rows: int = 999
    home: float = 0.0
    occupied: float = 0.0
    year_low: int = 1985
    year_high: int = 2022


_T = Template
TEMPLATES: dict[PlotUse, Template] = {
    PlotUse.SLAB_1980: _T("residential", 44, 10.5, 6, 5, 6, 2.8, 1.1, 7, 5, 5, 0.02, home=66, occupied=0.9, year_low=1979, year_high=1989),
    PlotUse.SLAB_1990: _T("residential", 50, 12, 7, 6, 6, 2.9, 1.25, 8, 5, 6, 0.02, home=86, occupied=0.9, year_low=1990, year_high=1999),
    PlotUse.MIXED_2000: _T("residential", 46, 13.5, 11, 6, 12, 2.9, 1.05, 9, 5.5, 7, 0.03, home=102, occupied=0.87, year_low=2000, year_high=2009),
    PlotUse.TOWER_2010: _T("residential", 40, 16, 15, 16, 26, 2.95, 0.8, 11, 6, 8, 0.02, home=110, occupied=0.79, year_low=2010, year_high=2019),
    PlotUse.TOWER_2020: _T("residential", 42, 16.5, 18, 15, 25, 3.0, 0.85, 12, 6, 8, 0.02, home=116, occupied=0.68, year_low=2020, year_high=2025),
    PlotUse.WORK_UNIT: _T("residential", 42, 10.5, 6, 3, 6, 2.9, 1.1, 7, 5, 5, 0.06, home=64, occupied=0.88, year_low=1972, year_high=1994),
    PlotUse.VILLAGE: _T("residential", 11.5, 9, 1.4, 1, 4, 3.1, 0, 4, 2.4, 2.4, 0.1, home=86, occupied=0.9, year_low=1978, year_high=2012),
    PlotUse.OLD_TOWN: _T("residential", 15, 8, 2, 1, 2, 3.3, 0, 3.5, 2.6, 2.6, 0.12, home=58, occupied=0.85, year_low=1890, year_high=1985),
    PlotUse.PRIMARY_SCHOOL: _T("education", 52, 13, 8, 3, 4, 3.7, 1.4, 9, 5, 5, 0.05, 0.45, 4),
    PlotUse.MIDDLE_SCHOOL: _T("education", 54, 14, 8, 4, 5, 3.7, 1.4, 9, 5, 5, 0.05, 0.42, 4),
    PlotUse.COLLEGE: _T("education", 60, 16, 14, 4, 6, 3.6, 1.3, 14, 6, 8, 0.12, 0.12),
    PlotUse.HOSPITAL: _T("health", 56, 20, 10, 9, 16, 3.8, 0.6, 10, 6, 7, 0.1, 0.15, 4),
    PlotUse.MARKET: _T("commercial", 40, 28, 8, 1, 2, 4.6, 1.5, 8, 6, 6, 0.0, 0.08, 4),
    PlotUse.MALL: _T("commercial", 62, 42, 12, 2, 4, 4.5, 1.1, 12, 7, 7, 0.0, 0.05, 4),
    PlotUse.OFFICE: _T("office", 44, 20, 14, 9, 22, 3.7, 0.5, 12, 6, 7, 0.08, 0.05, 4),
    PlotUse.GOVERNMENT: _T("public_service", 60, 18, 12, 4, 5, 3.8, 1.5, 14, 6, 8, 0.05, 0.3, 4),
    PlotUse.CULTURE: _T("culture", 58, 38, 12, 2, 3, 4.8, 1.2, 12, 6, 8, 0.0, 0.35, 2),
    PlotUse.SPORT: _T("sport", 64, 46, 12, 1, 2, 8.0, 1.2, 12, 6, 8, 0.0, 0.5, 1),
    PlotUse.INDUSTRY: _T("industrial", 70, 28, 10, 1, 2, 6.5, 0.9, 9, 6, 7, 0.08, year_low=1968, year_high=2018),
    PlotUse.WAREHOUSE: _T("warehouse", 84, 34, 12, 1, 1, 8.5, 1.6, 10, 7, 8, 0.1, year_low=1990, year_high=2021),
    PlotUse.UTILITY: _T("utility", 24, 14, 10, 1, 2, 4.5, 2.5, 10, 6, 5, 0.15, 0.2, 4),
    PlotUse.STATION: _T("public_service", 110, 26, 10, 2, 2, 7.0, 1.0, 12, 6, 8, 0.0, 0.4, 1),
    PlotUse.SQUARE: _T("culture", 18, 10, 60, 1, 1, 4.0, 6.0, 20, 6, 8, 0.5, 0.3, 1),
}  # fmt: skip

VILLAGE_ROWS = 15.0
OLD_TOWN_ROWS = 17.0
"""From row to row where houses stand closer than the sun asks, in metres."""

_NUMBERS = tuple(item.name for item in fields(Template) if item.name != "building_use")


def template_columns(use: Integers) -> dict[str, Floats]:
    """Return the templates' figures for plots of the given uses, one array per figure; uses without buildings are NaN."""
    table = {name: np.full(len(PlotUse), np.nan) for name in _NUMBERS}
    for kind, template in TEMPLATES.items():
        for name in _NUMBERS:
            table[name][kind] = getattr(template, name)
    return {name: column[use] for name, column in table.items()}


def building_use_positions() -> Integers:
    """Return the position in `BUILDING_USES` of each plot use, -1 for uses without buildings."""
    positions = np.full(len(PlotUse), -1, np.int64)
    for kind, template in TEMPLATES.items():
        positions[kind] = BUILDING_USES.index(template.building_use)
    return positions
