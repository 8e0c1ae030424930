"""What a printed map says: asked by the page, checked here, completed by the register."""

from __future__ import annotations

import re
from datetime import date

from pydantic import BaseModel, ConfigDict, Field, field_validator

_COLOUR = re.compile(r"#[0-9a-f]{6}")
SIGNS = ("area", "line", "dash", "dot", "words")


class LegendLine(BaseModel):
    """A line of the legend.

    Parameters
    ----------
    words
        What the sign means; for `words`, a heading.
    colour
        `#rrggbb`.
    sign
        How it is drawn.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    words: str = Field(min_length=1, max_length=80)
    colour: str = "#000000"
    sign: str = "area"

    @field_validator("colour")
    @classmethod
    def _is_colour(cls, value: str) -> str:
        if not _COLOUR.fullmatch(value):
            message = "a colour is written #rrggbb"
            raise ValueError(message)
        return value

    @field_validator("sign")
    @classmethod
    def _is_sign(cls, value: str) -> str:
        if value not in SIGNS:
            message = f"a sign is one of {', '.join(SIGNS)}"
            raise ValueError(message)
        return value


class SheetRequest(BaseModel):
    """What the page says of the map it drew.

    Parameters
    ----------
    title, subtitle
        Words above the map.
    legend
        Legend.
    metres_per_pixel
        Ground that one pixel of the picture covers in the middle of the map.
    bearing
        Degrees by which the map was turned.
    corners
        West, south, east, north shown, in degrees.
    landscape
        Whether the sheet lies.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str = Field(min_length=1, max_length=60)
    subtitle: str = Field(default="", max_length=120)
    legend: tuple[LegendLine, ...] = Field(default=(), max_length=60)
    metres_per_pixel: float = Field(gt=0, lt=1e6)
    bearing: float = Field(default=0, ge=-360, le=360)
    corners: tuple[float, float, float, float]
    landscape: bool = True


class SheetFacts(BaseModel):
    """What the register adds: never taken from the page."""

    model_config = ConfigDict(frozen=True)
    attribution: str
    as_of: str
    approval: str
    crs: str
    printed_on: date
    printed_by: str
