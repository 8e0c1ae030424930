"""Alternatives side by side: what each division's certificate says of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd

from huancheng.units.certificate import DrawnUnits, read_units


@dataclass(frozen=True, eq=False)
class PlanAlternative:
    """One division into units.

    Parameters
    ----------
    title
        As the plan names it.
    drawn
        Its result folder.
    adopted
        Whether it is the plan's.
    """

    title: str
    drawn: DrawnUnits
    adopted: bool

    @property
    def certificate(self) -> dict[str, Any]:
        """What its certificate says."""
        return self.drawn.certificate

    @property
    def units(self) -> gpd.GeoDataFrame:
        """Its units with `id` and `name`."""
        frame = self.drawn.units
        ids = frame["unit"].astype(str)
        names = frame["name"].fillna(ids) if "name" in frame.columns else ids
        return frame.assign(id=ids, name=names)

    @property
    def row(self) -> dict[str, Any]:
        """One row of the table that sets alternatives side by side."""
        found = self.certificate
        objective = found.get("objective") or {}
        parts = {part["term"]: part["value"] for part in objective.get("parts", [])}
        areas = self.drawn.units["area"] / 10_000
        return {
            "title": self.title,
            "method": found.get("method"),
            "adopted": self.adopted,
            "units": found.get("units"),
            "units_bound": found.get("units_bound"),
            "area_mean": float(areas.mean()) if len(areas) else None,
            "area_least": float(areas.min()) if len(areas) else None,
            "area_most": float(areas.max()) if len(areas) else None,
            "objective": objective.get("value"),
            "parts": parts,
            "bound": found.get("bound"),
            "gap": found.get("gap"),
            "status": found.get("status"),
            "breaches": (found.get("audit") or {}).get("firm", {}).get("no"),
            "needs_data": (found.get("audit") or {}).get("firm", {}).get("needs_data"),
            "profile": (found.get("profile") or {}).get("title", ""),
            "profile_basis": (found.get("profile") or {}).get("basis", ""),
        }


def read_alternative(title: str, folder: Path, *, adopted: bool) -> PlanAlternative:
    """Open a result folder as an alternative.

    Raises
    ------
    InputFault
        If it is no result folder.
    """
    return PlanAlternative(title, read_units(folder), adopted)
