"""The mapping of a city: where each layer comes from, and how its words and numbers translate."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from huancheng.city.build.built_up_options import BuiltUpOptions
from huancheng.city.derive import BlockOptions, EstateOptions, FloorOptions, PopulationOptions
from huancheng.city.schema import Geometry, layer_schemas
from huancheng.evidence import Provenance
from huancheng.geo import Datum


class Part(BaseModel):
    """Base of every part of a mapping: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Matcher(Part):
    """What a column must hold; all that is given must be true."""

    one_of: tuple[str, ...] | None = None
    none_of: tuple[str, ...] | None = None
    """Not one of these; a missing value is none of them."""
    known: bool | None = None
    contains: tuple[str, ...] | None = None
    """Any of these words stands in the text."""
    at_least: float | None = None
    below: float | None = None


def _as_matcher(value: Any) -> Any:
    if isinstance(value, bool):
        return {"known": value}
    if isinstance(value, str):
        return {"one_of": (value,)}
    if isinstance(value, list):
        return {"one_of": value}
    return value


class Condition(Part):
    """Columns and what each must hold, all at once.

    In TOML a table: ``{highway = true, access = {none_of = ["private"]}, "bridge" = "yes", lanes = ["2", "3"]}``.
    """

    columns: dict[str, Matcher]

    @model_validator(mode="before")
    @classmethod
    def _from_table(cls, data: Any) -> Any:
        if isinstance(data, dict) and set(data) != {"columns"}:
            return {"columns": {name: _as_matcher(value) for name, value in data.items()}}
        return data


Conditions = Annotated[tuple[Condition, ...], Field(default=())]


class Case(Part):
    """A value for the rows that fulfil a condition."""

    when: Condition
    value: str | float | bool


class ColumnRule(Part):
    """How one column of a layer comes about: from columns, by cases, or as a constant.

    The first known of `from` is translated by `codes`; where that gives nothing, the first fitting case counts; where
    none fits, `default` does.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    source: tuple[str, ...] = Field(default=(), alias="from")
    """Columns of the source; `@area`, `@length` are measured on the shape in the metric CRS."""
    codes: dict[str, str | float | bool] | None = None
    """Translation of the source's words. A word that is not here is emptied and listed unless `other` is given."""
    other: str | float | bool | None = None
    """What words beyond `codes` become; an empty text empties them without listing."""
    cases: tuple[Case, ...] = ()
    constant: str | float | bool | None = None
    default: str | float | bool | None = None
    separator: str | None = None
    """Several values stand in one cell, split here."""
    take: Literal["first", "last", "least", "most", "count"] = "first"
    """Which of several values counts."""
    factor: float = 1.0
    """Numbers are multiplied by this (for example 667 for 亩 to m2)."""
    provenance: Provenance = Provenance.MEASURED
    """How values from the source are known."""
    default_provenance: Provenance = Provenance.IMPUTED
    """How a default is known."""

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, data: Any) -> Any:
        if isinstance(data, str):
            return {"from": (data,)}
        if isinstance(data, dict) and isinstance(data.get("from"), str):
            return {**data, "from": (data["from"],)}
        return data

    @model_validator(mode="after")
    def _says_something(self) -> ColumnRule:
        if not self.source and not self.cases and self.constant is None:
            message = "a column needs `from`, `cases` or `constant`"
            raise ValueError(message)
        if self.constant is not None and (self.source or self.cases):
            message = "a constant column has no `from` and no `cases`"
            raise ValueError(message)
        return self


class Place(Part):
    """Where the coordinates of a source stand."""

    crs: str | None = None
    """CRS of a file that names none."""
    override_crs: str | None = None
    """CRS to believe whatever the file names."""
    datum: Datum = Datum.WGS84
    """`gcj02` or `bd09` where the degrees are shifted."""
    swap_axes: bool = False
    """The file gives latitude before longitude (or northing before easting)."""


class Source(Place):
    """One file."""

    id: str
    file: str
    """Path relative to the mapping, or to the folder given with `--data`."""
    licence: str = ""
    attribution: str = ""
    encoding: str | None = None
    header_row: Annotated[int | None, Field(ge=1)] = None
    longitude: str | None = None
    latitude: str | None = None
    wkt: str | None = None


class LayerBlock(Part):
    """One source of one layer; a layer may have several."""

    name: str
    source: str
    sublayer: tuple[str | None, ...] = (None,)
    """Layers of the file, taken one after the other."""
    where: Conditions
    """Rows that are meant: any of these conditions holds; all rows where there is none."""
    clip: Literal["centre", "cut", "none"] = "cut"
    """At the city's edge: keep whole what has its centre inside, cut, or don't ask. Points are kept inside only."""
    id: str | None = None
    """Column that names a row; the row's number where none does."""
    id_prefix: str = ""
    close_lines: bool = False
    """Closed lines are the polygons they enclose (drawings)."""
    columns: dict[str, ColumnRule] = Field(default_factory=dict)
    from_preset: str = ""

    @field_validator("sublayer", mode="before")
    @classmethod
    def _one_or_more(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @field_validator("where", mode="before")
    @classmethod
    def _one_or_several(cls, value: Any) -> Any:
        return (value,) if isinstance(value, dict) else value

    @model_validator(mode="after")
    def _known_to_the_schema(self) -> LayerBlock:
        schema = layer_schemas().get(self.name)
        if schema is None:
            message = f"there is no layer {self.name!r}; the layers are {', '.join(layer_schemas())}"
            raise ValueError(message)
        if schema.geometry is Geometry.RASTER:
            message = f"{self.name!r} is a raster: give it as [[raster]]"
            raise ValueError(message)
        unknown = sorted(set(self.columns) - set(schema.columns))
        if unknown:
            message = f"layer {self.name!r} has no column {unknown[0]!r}; it has {', '.join(schema.columns)}"
            raise ValueError(message)
        return self


class PresetUse(Part):
    """A named set of layer blocks that comes with the program."""

    name: str
    source: str
    layers: tuple[str, ...] | None = None
    """Only these layers; all of the preset where none are named."""


class RasterBlock(Part):
    """One raster layer."""

    name: Literal["terrain"] = "terrain"
    source: str
    cell_size: Annotated[float | None, Field(gt=0)] = None
    """Metres; the source's own size where none is given."""


class Population(Part):
    """The official number of residents."""

    total: Annotated[float, Field(ge=0)]
    source: str
    year: int


class City(Part):
    """Facts of the whole city."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9\-]*$")]
    title: str
    as_of: date
    population: Population | None = None
    size_class: Literal["super", "mega", "large_1", "large_2", "medium", "small_1", "small_2"] | None = None
    """超大 / 特大 / Ⅰ型大 / Ⅱ型大 / 中等 / Ⅰ型小 / Ⅱ型小."""
    rank: str | None = None
    """Administrative rank (直辖市, 省会, 地级市, 县级市, 县城)."""
    extent: tuple[float, float, float, float] | None = None
    """West, south, east, north in WGS 84 degrees: the boundary where no file gives one."""
    attribution: str = ""

    @field_validator("extent")
    @classmethod
    def _spans_ground(cls, value: tuple[float, float, float, float] | None) -> tuple[float, float, float, float] | None:
        if value is not None and not (-180 <= value[0] < value[2] <= 180 and -90 <= value[1] < value[3] <= 90):  # noqa: PLR2004
            message = "the extent is west, south, east, north in degrees"
            raise ValueError(message)
        return value


class GridRule(Part):
    """Metric CRS of the snapshot."""

    metric: str | None = None
    """For example `EPSG:4548`; chosen from the place where none is given."""


class DeriveRules(Part):
    """What is derived where no source gives it; a table that stands, even empty, asks for it."""

    footprint_area: bool = True
    floors: FloorOptions | None = None
    floor_area: bool = True
    blocks: BlockOptions | None = None
    estates: EstateOptions | None = None
    residential_land: bool = False
    """Ground of the estates that no land use covers becomes residential land."""
    population: PopulationOptions | None = None
    built_up_area: BuiltUpOptions | None = None


class RepairRules(Part):
    """How far repairs may go."""

    point_square: Annotated[float, Field(gt=0)] = 1.0
    """Side in metres of the square that stands for a polygon of which only one point is known."""
    least_part: Annotated[float, Field(ge=0)] = 0.01
    """Parts below this many square metres (or metres of line) left by a repair are dropped, and that is listed."""


class Mapping(Part):
    """A whole mapping."""

    city: City
    crs: GridRule = GridRule()
    source: tuple[Source, ...] = ()
    preset: tuple[PresetUse, ...] = ()
    layer: tuple[LayerBlock, ...] = ()
    raster: tuple[RasterBlock, ...] = ()
    derive: DeriveRules = DeriveRules()
    repair: RepairRules = RepairRules()

    @model_validator(mode="after")
    def _sources_are_there(self) -> Mapping:
        names = [item.id for item in self.source]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            message = f"the source {twice[0]!r} is there twice"
            raise ValueError(message)
        used = [*(item.source for item in self.preset), *(item.source for item in self.layer)]
        for source in (*used, *(item.source for item in self.raster)):
            if source not in names:
                message = f"there is no source {source!r}; the sources are {', '.join(names) or 'none'}"
                raise ValueError(message)
        return self
