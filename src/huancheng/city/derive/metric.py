"""Entry checks shared by the derivations: a metric CRS, the same on every layer."""

from __future__ import annotations

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd
from pyproj import CRS

from huancheng.evidence import InputFault


def common_metric_crs(frames: Mapping[str, gpd.GeoDataFrame | None]) -> CRS:
    """Return the projected CRS in metres that all given layers share.

    Parameters
    ----------
    frames
        Layers by name; None and empty layers without a CRS are passed over.

    Raises
    ------
    InputFault
        If a layer has no CRS, one in degrees or feet, or not the CRS of the first layer.
    """
    found: tuple[str, CRS] | None = None
    for name, frame in frames.items():
        if frame is None or (frame.crs is None and len(frame) == 0):
            continue
        if frame.crs is None:
            raise InputFault("the layer has no CRS", file=name, cure="declare the CRS of its source in the mapping")
        crs = CRS.from_user_input(frame.crs)
        if not crs.is_projected or any(axis.unit_name != "metre" for axis in crs.axis_info[:2]):
            message = f"{crs.name} does not measure in metres"
            raise InputFault(message, file=name, cure="reproject to a metric CRS first")
        if found is None:
            found = (name, crs)
        elif crs != found[1]:
            message = f"the layer is in {crs.name}, {found[0]} in {found[1].name}"
            raise InputFault(message, file=name, cure="bring all layers to one CRS")
    if found is None:
        raise InputFault("no layer carries a CRS", cure="give at least one layer with a metric CRS")
    return found[1]


def is_true(frame: pd.DataFrame, column: str) -> pd.Series[bool]:
    """Return whether a boolean column says yes; an unknown value or an absent column counts as no."""
    if column not in frame.columns:
        return pd.Series(data=False, index=frame.index, dtype=bool)
    return frame[column].astype("boolean").fillna(value=False).astype(bool)
