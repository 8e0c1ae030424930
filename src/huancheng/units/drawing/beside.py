"""Reading the layers given beside a city, each named with its fingerprint."""

from __future__ import annotations

import hashlib
from pathlib import Path

from huancheng.city.snapshot import Snapshot
from huancheng.units.blocks.beside import LayersBeside
from huancheng.units.certificate import Source
from huancheng.units.drawn.reading import read_given

_COLUMNS = {"bridges": None, "problems": "problem_type", "plan_units": "name", "price_zones": "name"}


def read_beside(city: Snapshot, files: dict[str, Path | None]) -> tuple[LayersBeside, tuple[Source, ...]]:
    """Read layers into the CRS of a city, and name their files.

    Parameters
    ----------
    city
        The city.
    files
        File of each layer given, by its name in `LayersBeside`.

    Raises
    ------
    InputFault
        If a file can't be read, has no features, or lacks the column its layer needs.
    """
    given = {name: path for name, path in files.items() if path is not None}
    layers = {name: read_given(path, city.crs, column=_COLUMNS[name]) for name, path in given.items()}
    sources = [Source(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), "layer") for path in given.values()]
    return LayersBeside(**layers), tuple(sources)
