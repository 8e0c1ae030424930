"""Travel modes as data: who may use which street, what blocks the way, how wide a catchment is drawn."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal, TypeAlias

import yaml
from pydantic import BaseModel, ConfigDict

from huancheng.evidence import Certainty

Mode: TypeAlias = Literal["walk", "cycle", "drive"]
"""On foot, by bicycle, by car."""


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ModeDefaults(_Entry):
    """One mode: whether one-way streets bind it, and the classes of street open to it where the data don't say."""

    one_way_binds: bool
    allowed: dict[str, bool]


class BarrierDefaults(_Entry):
    """What a street without bridge or tunnel can't cross; lengths in metres."""

    railways: tuple[str, ...]
    unknown_railway: bool
    railway_half_width: float
    water_tolerance: float


class TravelDefaults(_Entry):
    """The whole of `travel_modes.yaml`; lengths in metres."""

    version: int
    certainty: Certainty
    modes: dict[Mode, ModeDefaults]
    snap: float
    barriers: BarrierDefaults
    catchment_half_width: float


@cache
def travel_defaults() -> TravelDefaults:
    """Return the defaults shipped with the package."""
    text = resources.files(__package__).joinpath("travel_modes.yaml").read_text("utf-8")
    return TravelDefaults.model_validate(yaml.safe_load(text))
