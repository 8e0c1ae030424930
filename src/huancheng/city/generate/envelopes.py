"""What a planner expects of such a city, read from `envelopes.yaml`; the tests hold every generated city to it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field


class Envelope(BaseModel):
    """Bounds of one figure.

    Parameters
    ----------
    low, high
        Bounds, both included.
    unit
        Unit of the figure.
    what
        What is measured, and over which features.
    certainty
        How the bounds are known.
    source
        Where they come from.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    low: float
    high: float
    unit: str
    what: str = Field(alias="of")
    certainty: Literal["read", "recalled", "proposed"]
    source: str


@cache
def envelopes() -> dict[str, Envelope]:
    """Return the envelopes by name."""
    text = resources.files(__package__).joinpath("envelopes.yaml").read_text("utf-8")
    return {name: Envelope.model_validate(entry) for name, entry in yaml.safe_load(text)["envelopes"].items()}
