"""The formats that are taken in, as data."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

Family = Literal[
    "pdf", "office", "compound", "ofd", "picture", "shapefile", "gpkg", "dxf", "dwg", "geojson", "text"
]  # fmt: skip


class Format(BaseModel):
    """A format.

    Parameters
    ----------
    id, title
        Its name in the program, and for people.
    media_type
        Content type it is sent with.
    extensions
        Extensions a name may have; the first is given to files that have none.
    family
        Which check it goes through.
    inline
        Whether a browser may show it, in a sandbox; all others are only ever downloaded.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    media_type: str
    extensions: tuple[str, ...]
    family: Family
    inline: bool = False


@cache
def formats() -> dict[str, Format]:
    """Return the formats taken in, by id."""
    return {item.id: item for item in (Format.model_validate(entry) for entry in _data()["formats"])}


@cache
def running_extensions() -> frozenset[str]:
    """Return the extensions of what runs or is shown as a page; they may not stand in front of the last one either."""
    return frozenset(_data()["runs"])


def _data() -> dict[str, list[Any]]:
    text = resources.files(__package__).joinpath("formats.yaml").read_text("utf-8")
    data: dict[str, list[Any]] = yaml.safe_load(text)
    return data


@cache
def by_extension() -> dict[str, frozenset[str]]:
    """Return the ids of the formats a name with an extension may have."""
    found: dict[str, set[str]] = {}
    for item in formats().values():
        for extension in item.extensions:
            found.setdefault(extension, set()).add(item.id)
    return {extension: frozenset(ids) for extension, ids in found.items()}


def accepted() -> str:
    """Return the extensions as the `accept` attribute of a file field wants them."""
    return ",".join(f".{extension}" for extension in by_extension())
