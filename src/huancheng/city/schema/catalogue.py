"""The facility catalogue: which classes of facility a city has, and what their figures mean."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict


class FacilityClass(BaseModel):
    """One class of facility."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str
    group: str
    capacity: str | None = None
    area: Literal["floor", "land"] | None = None


@cache
def facility_catalogue() -> dict[str, FacilityClass]:
    """Return the classes by identifier, in the catalogue's order."""
    text = resources.files(__package__).joinpath("facility_catalogue.yaml").read_text("utf-8")
    raw = yaml.safe_load(text)["classes"]
    return {name: FacilityClass.model_validate(entry) for name, entry in raw.items()}
