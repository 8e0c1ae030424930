"""Facility standards: what a circle or community needs, and who within how far; each figure with its certainty."""

from __future__ import annotations

from huancheng.policy.pack import Entry


class FacilityStandard(Entry):
    """One facility in one standard; a radius belongs to the pair of standard and facility, never to the facility.

    Parameters
    ----------
    title
        Facility.
    tier
        Circle or community it serves.
    duty
        应配建, 宜配建 or 根据情况.
    radius
        Service radius in metres.
    floor_area, land_area
        Least and usual area in square metres.
    figures_certainty
        How the figures are known where that differs from the facility itself.
    """

    title: str
    tier: str
    duty: str
    radius: float | None = None
    floor_area: tuple[float, float] | None = None
    land_area: tuple[float, float] | None = None
    figures_certainty: str = ""
