"""The blocks of one layer put together: duplicates refused, double ids renamed, rows accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from huancheng.city.build.columns import Codes
from huancheng.city.build.layer import BuiltLayer
from huancheng.city.schema import layer_schema
from huancheng.city.snapshot import Outcome, Repair


def merge_blocks(parts: Sequence[BuiltLayer], repairs: list[Repair]) -> BuiltLayer:
    """Return one layer of the parts, in their order; appends to `repairs`.

    A row with the shape and all columns of an earlier one is refused as its duplicate. A row with the id of an
    earlier one and another shape is renamed.
    """
    name = parts[0].name
    columns = [column for column in layer_schema(name).columns if any(column in part.frame for part in parts)]
    frames: list[pd.DataFrame] = []
    codes: dict[str, list[Codes]] = {column: [] for column in columns}
    sources: list[str] = []
    for part in parts:
        frame = pd.DataFrame({"id": part.frame["id"].astype("string")})
        for column in columns:
            dtype = layer_schema(name).columns[column].pandas_dtype
            frame[column] = part.frame[column] if column in part.frame else pd.Series(pd.NA, frame.index, dtype=dtype)
            codes[column].append(part.codes.get(column, np.zeros(len(frame), np.uint8)))
        frame["geometry"] = part.frame.geometry.to_numpy()
        frames.append(frame)
        sources += [part.source] * len(frame)
    table = pd.concat(frames, ignore_index=True)
    merged = {column: np.concatenate(several) for column, several in codes.items()}
    keep = _without_duplicates(name, table, sources, repairs)
    _rename_double_ids(name, table, keep, sources, repairs)
    crs = parts[0].frame.crs
    kept = gpd.GeoDataFrame(table[keep].reset_index(drop=True), geometry="geometry", crs=crs)
    words = "; ".join(dict.fromkeys(part.source for part in parts))
    token = set().union(*(part.token for part in parts))
    return BuiltLayer(
        name, kept, {column: code[keep] for column, code in merged.items()}, words, token, sum(p.rows_in for p in parts)
    )


def _without_duplicates(
    name: str, table: pd.DataFrame, sources: list[str], repairs: list[Repair]
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    compared = table.drop(columns=["id", "geometry"]).astype("string")
    compared["shape"] = shapely.to_wkb(np.asarray(table["geometry"], dtype=object))
    double = compared.duplicated().to_numpy()
    earlier = _first_like(compared, double)
    for at in np.flatnonzero(double):
        reason = f"the same shape and columns as {table['id'].iloc[earlier[int(at)]]!r}"
        repairs.append(Repair(name, sources[at], str(table["id"].iloc[at]), "geometry", Outcome.REFUSED, reason))
    return ~double


def _first_like(compared: pd.DataFrame, double: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> dict[int, int]:
    involved = compared[compared.duplicated(keep=False)]
    keys = [tuple(None if pd.isna(cell) else cell for cell in row) for row in involved.itertuples(index=False)]
    first: dict[tuple[object, ...], int] = {}
    earlier = {}
    for at, key in zip(involved.index, keys, strict=True):
        if double[at]:
            earlier[int(at)] = first[key]
        else:
            first[key] = int(at)
    return earlier


def _rename_double_ids(
    name: str,
    table: pd.DataFrame,
    keep: np.ndarray[tuple[int], np.dtype[np.bool_]],
    sources: list[str],
    repairs: list[Repair],
) -> None:
    taken = set(table.loc[keep, "id"])
    seen: Counter[str] = Counter()
    ids = table["id"].astype(object).to_numpy(copy=True)
    for at in np.flatnonzero(keep):
        own = str(ids[at])
        seen[own] += 1
        if seen[own] == 1:
            continue
        number = seen[own]
        while f"{own}#{number}" in taken:
            number += 1
        ids[at] = f"{own}#{number}"
        taken.add(ids[at])
        reason = f"the id {own!r} is there twice with different content; renamed {ids[at]!r}"
        repairs.append(Repair(name, sources[at], own, "id", Outcome.REPAIRED, reason))
    table["id"] = pd.Series(ids, index=table.index, dtype="string")


def check_account(layer: BuiltLayer, repairs: Sequence[Repair]) -> None:
    """Check that rows in = kept + refused + outside.

    Raises
    ------
    ArithmeticError
        If not, which is a defect of ours.
    """
    gone = sum(item.layer == layer.name and item.outcome is not Outcome.REPAIRED for item in repairs)
    if layer.rows_in != len(layer.frame) + gone:
        message = f"layer {layer.name!r}: {layer.rows_in} rows in, {len(layer.frame)} kept and {gone} listed"
        raise ArithmeticError(message)
