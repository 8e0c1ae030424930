"""Which maps a check-up gets: one of the flagged features of each indicator, and one of its counts by street."""

from __future__ import annotations

import numpy as np
import pandas as pd
import shapely

from huancheng.city.schema import AccessClass, layer_schemas
from huancheng.evidence import State
from huancheng.report.checkup.material import DrawnMap
from huancheng.report.drawing.ground import Ground
from huancheng.report.drawing.thematic import AreaCounts, choropleth, feature_map
from huancheng.report.numerals import format_number
from huancheng.report.results import SystemResults, words

_FEWEST_AREAS = 3
"""A choropleth of one or two areas tells nothing."""


def overview_map(ground: Ground, approval: str) -> DrawnMap:
    """Draw the overview."""
    title = ground.snapshot.manifest.title
    return DrawnMap(
        "maps/00-overview.png",
        ground.overview(approval),
        f"{title}现状总图",
        f"{title}的土地利用、水系、绿地、道路与建筑现状",
    )


def indicator_maps(ground: Ground, item: SystemResults, approval: str) -> dict[tuple[str, str], tuple[DrawnMap, ...]]:
    """Draw the maps of one system: for each indicator with listed features, where they are and how many by street.

    Features of internal and classified layers are never put on a map that may be published.
    """
    maps = {}
    city = item.city().drop_duplicates("indicator")
    for row in city.itertuples():
        drawn = [
            *_feature_map(ground, item, row, approval),
            *_street_map(ground, item, row, approval),
        ]
        if drawn:
            maps[item.system, words(row.indicator)] = tuple(drawn)
    return maps


def _feature_map(ground: Ground, item: SystemResults, row: object, approval: str) -> list[DrawnMap]:
    indicator, name = words(getattr(row, "indicator", "")), words(getattr(row, "name", ""))
    listed = item.listed(indicator)
    out = []
    for layer, features in listed.groupby("layer", sort=True):
        schema = layer_schemas().get(str(layer))
        if schema is None or schema.access is not AccessClass.PUBLIC or not ground.snapshot.has(str(layer)):
            continue
        title = f"{name}：涉及{schema.title}分布"
        image = feature_map(ground, title, str(layer), features, f"涉及的{schema.title}", approval=approval)
        count = format_number(features["feature_id"].nunique())
        description = f"{name}：涉及{schema.title} {count} 处的位置"
        out.append(DrawnMap(f"maps/{item.system}-{indicator}-{layer}.png", image, title, description))
    return out


def _street_map(ground: Ground, item: SystemResults, row: object, approval: str) -> list[DrawnMap]:
    indicator, name, unit = (words(getattr(row, key, "")) for key in ("indicator", "name", "unit"))
    if unit.startswith("%") or item.listed(indicator).empty:
        return []
    areas = street_counts(ground, item, indicator)
    if areas is None:
        return []
    image = choropleth(ground, f"{name}（按街道）", areas, unit, approval=approval)
    known = areas.amounts[np.isfinite(areas.amounts)]
    description = f"{name}按街道分布：{len(known)} 个街道有数值，最多 {format_number(float(known.max()), unit)} {unit}"
    return [DrawnMap(f"maps/{item.system}-{indicator}-by-street.png", image, f"{name}（按街道）", description)]


def street_counts(ground: Ground, item: SystemResults, indicator: str) -> AreaCounts | None:
    """Return the stored values by street with their polygons; None where there are too few or nothing to show."""
    stored = item.by_scope("street", indicator)
    divisions = ground.frame("divisions", "name", "level")
    streets = divisions[(divisions["level"] == "street") & shapely.intersects(divisions.geometry, ground.extent.box)]
    joined = streets.merge(stored, left_on="id", right_on="scope_id", how="left", suffixes=("", "_stored"))
    joined = joined.drop_duplicates("id")
    values = (
        pd.to_numeric(joined["amount"])
        .where(joined["state"] == State.KNOWN.value)
        .to_numpy(np.float64, na_value=np.nan)
    )
    if (np.isfinite(values)).sum() < _FEWEST_AREAS or not (values > 0).any():
        return None
    return AreaCounts(joined.geometry.to_numpy(), values, [words(name) for name in joined["name"]])
