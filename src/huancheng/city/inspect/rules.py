"""Which analysis stands on which columns: read from `rules.yaml`."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from huancheng.city.schema import layer_schema
from huancheng.evidence import Certainty


class Need(BaseModel):
    """A layer that must hold rows, or a column that must be known for a share of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    layer: str
    column: str | None = None
    word: str = ""
    """What the column is called in a sentence."""
    share: Annotated[float, Field(ge=0, le=1)] = 0.0
    counts: Literal["known", "any"] = "known"
    """`any` takes imputed and modelled values too."""

    @model_validator(mode="after")
    def _in_the_schema(self) -> Need:
        schema = layer_schema(self.layer)
        if self.column is not None and self.column not in schema.columns:
            message = f"layer {self.layer!r} has no column {self.column!r}"
            raise ValueError(message)
        return self


class SupportRule(BaseModel):
    """What one analysis needs, and what happens without."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    title: str
    needs: tuple[Need, ...]
    otherwise: str
    certainty: Certainty


@cache
def support_rules() -> tuple[SupportRule, ...]:
    """Return the rules in the file's order."""
    raw = yaml.safe_load(resources.files(__package__).joinpath("rules.yaml").read_text("utf-8"))
    return tuple(
        SupportRule.model_validate({"name": name, "certainty": raw["certainty"], **entry})
        for name, entry in raw["rules"].items()
    )
