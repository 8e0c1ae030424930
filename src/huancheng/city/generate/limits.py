"""The limits the generator plants against, read from `planted.yaml`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Limit(_Record):
    """One figure of a rule, with its unit and how it is known."""

    value: float
    unit: str
    certainty: Literal["read", "recalled", "proposed"]


class Margin(_Record):
    """How far on either side of a limit a case must lie to be counted as planted."""

    served: float
    unserved: float


class Limits(_Record):
    """All limits and the margins around them."""

    version: int
    margin: Margin
    limits: dict[str, Limit]

    def of(self, name: str) -> float:
        """Return the figure of one limit."""
        return self.limits[name].value


@cache
def planted_limits() -> Limits:
    """Return the limits of the planted problems."""
    text = resources.files(__package__).joinpath("planted.yaml").read_text("utf-8")
    return Limits.model_validate(yaml.safe_load(text))
