"""What every reader hands over: rows, geometries, the CRS the file names, and what was wrong with single rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd
from pyproj import CRS

from huancheng.city.readers.osm_tags import TagIndex
from huancheng.evidence import InputFault

Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class RowFault:
    """One row that the reader could not take as it stood.

    Parameters
    ----------
    row
        The row's own mark in the file (see `SourceTable.labels`).
    field
        Column, or `geometry`.
    reason
        What was wrong and what was done, in one sentence.
    position
        Place of the row in the table; None where it could not be read at all and is refused.
    """

    row: str
    field: str
    reason: str
    position: int | None


@dataclass(frozen=True)
class ReadOptions:
    """What a mapping says about how to read a file; every part may be left out.

    Parameters
    ----------
    encoding
        Encoding of the text, overriding what the file says.
    header_row
        Line of the column names in a table (counted from 1).
    longitude, latitude, wkt
        Columns that hold the place in a table.
    """

    encoding: str | None = None
    header_row: int | None = None
    longitude: str | None = None
    latitude: str | None = None
    wkt: str | None = None


@dataclass(frozen=True)
class SourceTable:
    """One layer of one file as read, in the file's own coordinates and words.

    Parameters
    ----------
    file, layer
        File name (without folders) and layer in it; the layer is empty where the format has only one.
    attributes
        Columns of the file, positions 0 to n-1.
    geometry
        Shapely geometries, shape (n,), None where a row has none; None for a table without places.
    crs
        The CRS the file names; None where it names none.
    labels
        Mark of each row a person can find it by (line number, OSM reference), shape (n,).
    faults
        Rows the reader repaired or could not read.
    notes
        Remarks of the format's driver on the whole layer.
    tags
        Further columns of sparse key–value data.
    """

    file: str
    layer: str
    attributes: pd.DataFrame
    geometry: Geometries | None
    crs: CRS | None
    labels: npt.NDArray[np.object_]
    faults: tuple[RowFault, ...] = ()
    notes: tuple[str, ...] = ()
    tags: TagIndex | None = field(default=None)

    def __len__(self) -> int:
        """Return the number of rows that could be read."""
        return len(self.attributes)

    @property
    def name(self) -> str:
        """File and layer as printed in lists."""
        return f"{self.file}:{self.layer}" if self.layer else self.file

    def columns(self) -> Iterator[str]:
        """Yield the names of the columns, tags last."""
        yield from self.attributes.columns
        if self.tags is not None:
            yield from self.tags.keys()

    def column(self, name: str) -> pd.Series[str]:
        """Return one column; a tag that no row carries is a column without values.

        Raises
        ------
        InputFault
            If a file with fixed columns has none of that name; the cure lists those there are.
        """
        if name in self.attributes.columns:
            return self.attributes[name]
        if self.tags is not None:
            return pd.Series(self.tags.values_of(name), dtype="string")
        message = f"there is no column {name!r}"
        cure = f"name one of {', '.join(map(str, self.attributes.columns))}"
        raise InputFault(message, file=self.name, field=name, cure=cure)
