"""Columns with believable gaps, as pandas arrays that tell a missing value from zero."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from huancheng.city.generate.arrays import Booleans, Floats, Integers, Objects
from huancheng.city.generate.frame import CRS


def gap(count: int, share: float, random: np.random.Generator) -> Booleans:
    """Return which of `count` values are missing; at least one of twenty or more where `share` is above 0."""
    missing: Booleans = random.random(count) < share
    if count >= 20 and share > 0 and not missing.any():
        missing[int(random.integers(count))] = True
    return missing


def booleans(values: Booleans, missing: Booleans | None = None) -> ExtensionArray:
    """Return a nullable boolean column."""
    return pd.arrays.BooleanArray(np.array(values, bool), _mask(len(values), missing))


def integers(values: Integers, missing: Booleans | None = None) -> ExtensionArray:
    """Return a nullable whole-number column."""
    return pd.arrays.IntegerArray(np.array(values, np.int64), _mask(len(values), missing))


def numbers(values: Floats, missing: Booleans | None = None) -> ExtensionArray:
    """Return a nullable number column."""
    return pd.arrays.FloatingArray(np.array(values, np.float64), _mask(len(values), missing))


def texts(values: Objects, missing: Booleans | None = None) -> ExtensionArray:
    """Return a nullable text column."""
    filled = np.array(values, dtype=object)
    if missing is not None:
        filled[missing] = None
    return pd.array(filled, dtype="string")


def coded(domain: tuple[str, ...], positions: Integers, missing: Booleans | None = None) -> ExtensionArray:
    """Return a nullable text column of a domain's words by position."""
    return texts(np.array(domain, dtype=object)[positions], missing)


def ids(prefix: str, count: int) -> Objects:
    """Return ids of six or more figures, such as `B000001`."""
    width = max(6, len(str(count)))
    numbers_text = np.char.zfill(np.arange(1, count + 1).astype(str), width) if count else np.empty(0, "U1")
    result: Objects = np.char.add(prefix, numbers_text).astype(object)
    return result


def layer_frame(columns: dict[str, object], shapes: Objects) -> gpd.GeoDataFrame:
    """Return a layer in the city's CRS."""
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=CRS)


def _mask(count: int, missing: Booleans | None) -> Booleans:
    return np.zeros(count, bool) if missing is None else np.array(missing, bool)
