"""Layer schemas, read from `layers.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from huancheng.city.schema.catalogue import facility_catalogue


class AccessClass(StrEnum):
    """Who may see a layer."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CLASSIFIED = "classified"


class Geometry(StrEnum):
    """Kind of geometry a layer holds; multi-part shapes count as their part's kind."""

    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"
    RASTER = "raster"


class ColumnSchema(BaseModel):
    """One column: type, unit, domain, and what it means."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: str
    title: str
    type: Literal["text", "integer", "number", "boolean", "date", "code"]
    meaning: str
    unit: str = ""
    labels: Mapping[str, str] = Field(default_factory=dict, alias="domain")
    domain_from: Literal["facility_catalogue"] | None = None
    minimum: float | None = None
    maximum: float | None = None
    required: bool = False

    @property
    def domain(self) -> tuple[str, ...]:
        """The codes a coded column may take, in the schema's order."""
        return tuple(self.labels)

    def label(self, code: str) -> str:
        """Return the Chinese words for a code; the code itself where the schema has none."""
        if self.domain_from and code in facility_catalogue():
            return facility_catalogue()[code].title
        return self.labels.get(code, code)

    @property
    def allowed(self) -> tuple[str, ...]:
        """Values a coded column may take; empty where any value may stand."""
        return tuple(facility_catalogue()) if self.domain_from else self.domain

    @property
    def pandas_dtype(self) -> str:
        """The pandas dtype the column has in a snapshot."""
        return {
            "text": "string",
            "code": "string",
            "date": "string",
            "integer": "Int64",
            "number": "Float64",
            "boolean": "boolean",
        }[self.type]


class LayerSchema(BaseModel):
    """One layer: geometry, access class and columns (without `id` and `geometry`, which every layer has)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    name: str
    title: str
    meaning: str
    geometry: Geometry
    access: AccessClass = Field(alias="class")
    columns: dict[str, ColumnSchema]

    @model_validator(mode="before")
    @classmethod
    def _name_columns(cls, data: Any) -> Any:
        columns = {name: {"name": name, **column} for name, column in (data.get("columns") or {}).items()}
        return {**data, "columns": columns}


@cache
def layer_schemas() -> dict[str, LayerSchema]:
    """Return every layer schema by name, in the file's order."""
    text = resources.files(__package__).joinpath("layers.yaml").read_text("utf-8")
    raw = yaml.safe_load(text)["layers"]
    return {name: LayerSchema.model_validate({"name": name, **entry}) for name, entry in raw.items()}


def layer_schema(name: str) -> LayerSchema:
    """Return the schema of one layer.

    Raises
    ------
    KeyError
        If there is no layer of that name; the message lists those there are.
    """
    schemas = layer_schemas()
    if name not in schemas:
        message = f"there is no layer {name!r}; the layers are {', '.join(schemas)}"
        raise KeyError(message)
    return schemas[name]
