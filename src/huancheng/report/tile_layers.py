"""Which layers and columns go into map tiles: read from `tile_layers.yaml`, held against the layer schemas."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from huancheng.city.schema import AccessClass, Geometry, layer_schema
from huancheng.evidence import Certainty


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ZoomRange(_Settings):
    min_zoom: int = Field(ge=0, le=22)
    max_zoom: int = Field(ge=0, le=22)

    @model_validator(mode="after")
    def _in_order(self) -> _ZoomRange:
        if self.min_zoom > self.max_zoom:
            message = f"min_zoom {self.min_zoom} lies above max_zoom {self.max_zoom}"
            raise ValueError(message)
        return self


class TileOverview(_ZoomRange):
    """What stands for a layer at far zooms.

    Parameters
    ----------
    smallest
        Shapes below this many square metres (lines: metres) are left out.
    tolerance
        Metres by which outlines may be simplified.
    """

    smallest: float = Field(ge=0)
    tolerance: float = Field(ge=0)


class TileLayer(_ZoomRange):
    """One layer in the tiles: zooms, columns, and an overview where its shapes are many."""

    columns: tuple[str, ...]
    overview: TileOverview | None = None


class TileLayers(_Settings):
    """The layers in drawing order.

    Raises
    ------
    ValueError
        If a layer is not public, is a raster, or lacks a named column: tiles are seen by everyone who logs in.
    """

    version: int
    certainty: Certainty
    layers: dict[str, TileLayer]

    @model_validator(mode="after")
    def _public_only(self) -> TileLayers:
        for name, layer in self.layers.items():
            schema = layer_schema(name)
            if schema.access is not AccessClass.PUBLIC:
                message = f"layer {name!r} is {schema.access.value}; tiles hold public layers only"
                raise ValueError(message)
            if schema.geometry is Geometry.RASTER:
                message = f"layer {name!r} is a raster; tiles hold shapes only"
                raise ValueError(message)
            unknown = set(layer.columns) - set(schema.columns)
            if unknown:
                message = f"layer {name!r} has no column {', '.join(sorted(unknown))}"
                raise ValueError(message)
        return self


@cache
def tile_layers() -> TileLayers:
    """Return the packaged settings."""
    text = resources.files(__package__).joinpath("tile_layers.yaml").read_text("utf-8")
    return TileLayers.model_validate(yaml.safe_load(text))
