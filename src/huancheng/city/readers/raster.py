"""Rasters: GeoTIFF, and SRTM height tiles in a zip."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pyproj import CRS
from pyproj.exceptions import CRSError
from rasterio import Affine

from huancheng.city.readers.headers import check_zip
from huancheng.evidence import InputFault

LARGEST_CELLS = 400_000_000
"""Cells a raster may hold (1.6 GB in memory)."""

_TILE = re.compile(r"^([NS])(\d{2})([EW])(\d{3})\.hgt$", re.IGNORECASE)
_HEIGHT_UNKNOWN = -32768


@dataclass(frozen=True)
class RasterSource:
    """A raster as read.

    Parameters
    ----------
    file
        File name.
    data
        First band, shape (rows, columns), NaN where unknown.
    transform
        Affine transform from column, row to coordinates.
    crs
        The CRS the file names; None where it names none.
    """

    file: str
    data: npt.NDArray[np.float32]
    transform: Affine
    crs: CRS | None


def read_raster(path: Path) -> RasterSource:
    """Read the first band of a .tif, .tiff, .hgt or .hgt.zip.

    Raises
    ------
    InputFault
        If the file can't be read, has no place on the ground, or claims more cells than can be kept.
    """
    if path.name.lower().endswith((".hgt", ".zip")):
        return _read_height_tile(path)
    return _read_tiff(path)


def _read_tiff(path: Path) -> RasterSource:
    import rasterio
    from rasterio.errors import NotGeoreferencedWarning, RasterioError

    cure = "export it again as GeoTIFF"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(path) as dataset:
                if dataset.width * dataset.height > LARGEST_CELLS:
                    message = f"the header claims {dataset.width:,} × {dataset.height:,} cells"
                    raise InputFault(message, file=path.name, cure="cut it to the city and export it again")
                transform = dataset.transform
                if transform == Affine.identity():
                    message = "the raster has no place on the ground"
                    raise InputFault(message, file=path.name, cure=f"{cure} with its .tfw")
                crs = CRS.from_user_input(dataset.crs.to_wkt()) if dataset.crs else None
                band = dataset.read(1, masked=True)
    except (RasterioError, CRSError, MemoryError) as error:
        words = " ".join(str(error).replace(f"{path.parent}/", "").split())
        raise InputFault(f"the raster can't be read: {words}", file=path.name, cure=cure) from error
    data = np.ma.filled(band.astype(np.float32), np.nan)
    return RasterSource(path.name, data, transform, crs)


def _read_height_tile(path: Path) -> RasterSource:
    name, payload = (path.name, path.read_bytes()) if path.suffix.lower() == ".hgt" else _unzip(path)
    match = _TILE.match(name)
    if match is None:
        raise InputFault(f"the tile's name {name!r} says no place", file=path.name, cure="name it like N36E115.hgt")
    heights = np.frombuffer(io.BytesIO(payload).getbuffer(), dtype=">i2")
    side = round(len(heights) ** 0.5)
    if side * side != len(heights) or side not in (1201, 3601):
        message = f"a height tile has 1201 or 3601 rows and columns, this one {len(heights):,} values"
        raise InputFault(message, file=path.name, cure="fetch the tile again")
    data = heights.reshape(side, side).astype(np.float32)
    data[data == _HEIGHT_UNKNOWN] = np.nan
    south = int(match[2]) * (1 if match[1].upper() == "N" else -1)
    west = int(match[4]) * (1 if match[3].upper() == "E" else -1)
    step = 1 / (side - 1)
    transform = Affine(step, 0, west - step / 2, 0, -step, south + 1 + step / 2)
    return RasterSource(path.name, data, transform, CRS.from_epsg(4326))


def _unzip(path: Path) -> tuple[str, bytes]:
    check_zip(path)
    with zipfile.ZipFile(path) as archive:
        tiles = [name for name in archive.namelist() if name.lower().endswith(".hgt")]
        if len(tiles) != 1:
            message = f"the archive holds {len(tiles)} height tiles, one is read"
            raise InputFault(message, file=path.name, cure="pack one .hgt per zip, or unpack other formats first")
        try:
            return Path(tiles[0]).name, archive.read(tiles[0])
        except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError) as error:
            raise InputFault("the archive is damaged", file=path.name, cure="fetch it again") from error
