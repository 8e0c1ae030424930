"""Alternatives side by side, and one of them as a map and a table can show it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.planning.domain.unit_folders import unit_folder
from huancheng.platform.planning.models import Alternative, SpecialPlan
from huancheng.platform.planning.queries.visible import visible_special_plans

if TYPE_CHECKING:
    from huancheng.units.comparison import Agreement

HUES = 6
"""Colours of the map: neighbours never share one where six are enough, as they are on a plane."""

LINES = {
    "road": _("沿道路"),
    "rail": _("沿铁路"),
    "river": _("沿河流"),
    "parcel": _("沿宗地界"),
    "none": _("不沿界线"),
}
REASONS = {
    "separator": _("分隔物两侧不能合为一个单元"),
    "zone": _("分属不得合并的辖区或规划单元"),
    "lock": _("一侧单元已锁定"),
    "aside": _("一侧未划入单元"),
    "too_short": _("共边过短"),
    "range": _("改划后超出面积等限值"),
    "piece": _("改划后单元不再连成一片"),
    "radius": _("改划后离中心街块过远"),
    "better": _("改划后目标值变差"),
    "as_drawn": _("按编制单位所划"),
}


def visible_alternatives(acting: Acting | None) -> QuerySet[Alternative]:
    """Return the alternatives of the plans a person may see."""
    seen = Alternative.objects.filter(plan__in=visible_special_plans(acting)).exclude(digest="")
    return seen.select_related("plan", "plan__subject", "plan__case", "plan__checkup", "parent")


@dataclass(frozen=True, slots=True)
class Compared:
    """An alternative in a line of the table.

    Parameters
    ----------
    alternative
        The alternative.
    agreement
        How far it agrees with the first one; None for the first one itself.
    """

    alternative: Alternative
    agreement: Agreement | None

    @property
    def figures(self) -> dict[str, Any]:
        """What its certificate says."""
        figures: dict[str, Any] = self.alternative.figures
        return figures


def alternatives_of(plan: SpecialPlan) -> list[Alternative]:
    """Return the alternatives of a plan, the adopted one first."""
    return list(plan.alternatives.exclude(digest="").select_related("parent").order_by("-adopted", "id"))


def compared(rows: list[Alternative]) -> list[Compared]:
    """Return alternatives with how far each agrees with the first, measured on the ground both have in units."""
    if not rows:
        return []
    first = rows[0].digest
    return [Compared(row, _agreement(first, row.digest) if row.digest != first else None) for row in rows]


@lru_cache(maxsize=256)
def _agreement(first: str, second: str) -> Agreement:
    """Return how far two folders agree; they never change, so neither does this."""
    from huancheng.units.certificate import read_units
    from huancheng.units.comparison import compare_pair

    return compare_pair(read_units(unit_folder(first)), read_units(unit_folder(second)))


def certificate_of(alternative: Alternative) -> dict[str, Any]:
    """Return what the certificate page shows: rules with marks, the audit, figures of units, reasons of borders."""
    from huancheng.units.certificate import read_units

    found = read_units(unit_folder(alternative.digest))
    borders = found.borders
    outer = borders[borders["unit_a"] != borders["unit_b"]]
    lengths = outer.groupby(["along", "code"])["length"].agg(["size", "sum"]).sort_values("sum", ascending=False)
    audit = found.audit.astype(object).where(found.audit.notna(), None)
    return {
        "certificate": found.certificate,
        "broken": [row for row in audit.to_dict("records") if row["holds"] == "no"],
        "open": [row for row in audit.to_dict("records") if row["holds"] == "needs_data"],
        "held": int((found.audit["holds"] == "yes").sum()),
        "reasons": [
            (LINES.get(row["along"], row["along"]), REASONS.get(row["code"], row["code"]), row["size"], row["sum"])
            for row in lengths.reset_index().to_dict("records")
        ],
    }


def block_features(alternative: Alternative) -> dict[str, Any]:
    """Return the blocks of an alternative as GeoJSON in longitude and latitude; their units come apart from it."""
    import json

    import numpy as np
    import shapely

    from huancheng.platform.planning.domain.adopting import GEOGRAPHIC
    from huancheng.units.certificate import read_units

    found = read_units(unit_folder(alternative.digest))
    frame = found.blocks.to_crs(GEOGRAPHIC)
    shapes = shapely.transform(frame.geometry.to_numpy(), lambda xy: np.round(xy, 6))
    features = [
        {"type": "Feature", "id": number, "properties": {"block": str(name)}, "geometry": json.loads(text)}
        for number, (name, text) in enumerate(zip(frame["id"], shapely.to_geojson(shapes), strict=True))
    ]
    return {"type": "FeatureCollection", "features": features}
