"""The truth document: what was planted, written down as it was planted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from huancheng.city.generate.amenities import Verdict
from huancheng.city.generate.arrays import Booleans, Objects

TITLES: dict[str, tuple[str, dict[str, str], str]] = {
    "residential_structural_hazard": ("存在结构安全隐患的住宅", {"national-2023": "2023-H-01"}, "buildings"),
    "residential_gas_hazard": ("存在燃气安全隐患的住宅", {"national-2023": "2023-H-02"}, "buildings"),
    "residential_corridor_hazard": ("存在楼道安全隐患的住宅", {"national-2023": "2023-H-03"}, "buildings"),
    "residential_envelope_hazard": ("存在围护安全隐患的住宅", {"national-2023": "2023-H-04"}, "buildings"),
    "incomplete_homes": ("非成套住宅", {"national-2023": "2023-H-05"}, "buildings"),
    "residential_pipe_damage": ("存在管线管道破损的住宅", {"national-2023": "2023-H-06"}, "buildings"),
    "residential_needs_elderly_retrofit": ("需要进行适老化改造的住宅", {"national-2023": "2023-H-07"}, "buildings"),
    "residential_water_quality_fail": ("入户水质不达标的住宅", {"national-2023": "2023-H-08"}, "buildings"),
    "residential_needs_energy_retrofit": ("需要进行节能改造的住宅", {"national-2023": "2023-H-09"}, "buildings"),
    "residential_needs_digital_retrofit": ("需要进行数字化改造的住宅", {"national-2023": "2023-H-10"}, "buildings"),
    "estate_without_elderly_care": ("小区500米内无养老服务设施", {"national-2023": "2023-C-11"}, "estates"),
    "estate_without_nursery": ("小区300米内无托育机构", {"national-2023": "2023-C-12"}, "estates"),
    "estate_without_kindergarten": ("小区300米内无幼儿园", {"national-2023": "2023-C-13"}, "estates"),
    "primary_school_gap": ("小学学位缺口", {"national-2023": "2023-C-14"}, "estates"),
    "parking_gap": ("停车泊位缺口", {"national-2023": "2023-C-15"}, "estates"),
    "charging_gap": ("充电桩缺口", {"national-2023": "2023-C-16"}, "estates"),
    "estate_without_ebike_charging": ("未配建电动自行车充电设施的小区", {"national-2023": "2023-C-17"}, "estates"),
    "estate_without_activity_ground": ("未达标配建公共活动场地的小区", {"national-2023": "2023-C-18"}, "estates"),
    "substandard_footway": ("不达标的步行道", {"national-2023": "2023-C-19"}, "streets"),
    "estate_without_waste_sorting": ("未实施生活垃圾分类的小区", {"national-2023": "2023-C-20"}, "estates"),
    "estate_without_property_management": ("未实施物业管理的小区", {"national-2023": "2023-C-21"}, "estates"),
    "estate_without_smart_ready": ("需要进行智慧化改造的小区", {"national-2023": "2023-C-22"}, "estates"),
    "street_without_sports_ground": ("未达标配建多功能运动场地的街道", {"national-2023": "2023-B-24"}, "divisions"),
    "street_without_cultural_centre": ("未达标配建文化活动中心的街道", {"national-2023": "2023-B-25"}, "divisions"),
    "parking_disorder": ("存在乱停乱放车辆问题的道路", {"national-2023": "2023-B-27"}, "streets"),
    "black_odorous_water": ("黑臭水体", {"national-2023": "2023-U-32"}, "water"),
    "severe_flood_point": ("严重易涝积水点", {"national-2023": "2023-U-49"}, "flood_records"),
    "fuel_station_too_near": ("安全距离不达标的加油加气加氢站", {"national-2023": "2023-U-55"}, "facilities"),
    "tall_new_home": ("新建住宅建筑高度超过80米", {"national-2022": "2022-E-04"}, "buildings"),
    "ponding_block": ("积涝街区", {}, "blocks"),
}
"""Title, indicators and layer of every planted problem, in the order of docs/developer/planted-problems.md."""


@dataclass
class TruthBook:
    """Collects what was planted.

    Parameters
    ----------
    seed, size
        Of the city.
    problems, values
        Planted problems and figures true by construction.
    fragments
        Fragments of land (零星土地) and the projects they lie beside.
    """

    seed: int
    size: str
    problems: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    fragments: dict[str, Any] = field(default_factory=dict)

    def add(self, key: str, verdict: Verdict, ids: Objects) -> None:
        """Write down one planted problem by the ids of its layer."""
        title, indicators, layer = TITLES[key]
        entry: dict[str, Any] = {
            "title": title,
            "indicators": indicators,
            "layer": layer,
            "flagged": ids[verdict.flagged].tolist(),
            "clear": ids[verdict.clear].tolist(),
            "unclear": ids[verdict.unclear].tolist(),
        }
        if verdict.amounts:
            entry["amounts"] = {str(ids[row]): amount for row, amount in sorted(verdict.amounts.items())}
        self.problems[key] = entry

    def also_clear(self, key: str, ids: Objects) -> None:
        """Add features that bear the fault outside the scope, where it must not be found."""
        self.problems[key]["clear"].extend(ids.tolist())

    def ratio(self, indicator: str, numerator: float, denominator: float, unit: str, factor: float = 1.0) -> None:
        """Write down a figure that is true by construction: numerator over denominator times `factor`."""
        self.values[indicator] = {
            "amount": factor * numerator / denominator,
            "unit": unit,
            "numerator": numerator,
            "denominator": denominator,
        }

    def write(self, file: Path) -> None:
        """Write the document."""
        ordered = {key: self.problems[key] for key in TITLES if key in self.problems}
        document: Mapping[str, Any] = {
            "version": 1,
            "seed": self.seed,
            "size": self.size,
            "problems": ordered,
            "values": self.values,
            "fragments": self.fragments,
        }
        file.write_text(
            json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8", newline="\n"
        )


def amounts_of(rows: Booleans, values: Any) -> dict[int, float]:
    """Return the amounts of flagged rows."""
    return {int(row): float(values[row]) for row in np.flatnonzero(rows)}
