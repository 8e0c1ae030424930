"""What a facility must offer: walking limit, residents it serves, land and floor, each with its mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huancheng.evidence import Certainty
from huancheng.policy.book import PolicyBook
from huancheng.policy.pack import PackFault
from huancheng.policy.provisions import FacilityStandard
from huancheng.policy.provisions.completeness import CompletenessRules, MeasuredFacility

FILE = "completeness.yaml"

_CERTAINTY = {
    Certainty.CONFIRMED: "已核对",
    Certainty.READ: "见于来源",
    Certainty.IMPLIED: "推知",
    Certainty.RECALLED: "凭记忆，未经核实",
    Certainty.PROPOSED: "本系统默认",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a number comes from: the document, and how sure we are of it."""

    source: str
    certainty: Certainty
    note: str = ""

    def __str__(self) -> str:
        """Render for a table's last column."""
        parts = (f"{self.source}（{_CERTAINTY[self.certainty]}）", self.note)
        return "；".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class FacilityNorm:
    """One type of facility with everything needed to measure it and to price its absence.

    Parameters
    ----------
    facility
        How the type is found in the data.
    walk
        Walking limit in metres.
    walk_mark
        Where the limit comes from.
    persons
        Least and most residents one facility is made for.
    persons_mark
        Where that comes from.
    floor_area, land_area
        Least and usual square metres of one; None where no standard says.
    area_mark
        Where the areas come from.
    """

    facility: MeasuredFacility
    walk: float
    walk_mark: Mark
    persons: tuple[int, int]
    persons_mark: Mark
    floor_area: tuple[float, float] | None
    land_area: tuple[float, float] | None
    area_mark: Mark

    @property
    def id(self) -> str:
        """Key of the type."""
        return self.facility.id

    @property
    def title(self) -> str:
        """Words an officer reads."""
        return self.facility.title


def completeness_rules(book: PolicyBook) -> CompletenessRules:
    """Read the rules of the pack or its nearest parent that has them."""
    return book.pack.read(FILE, CompletenessRules)


def facility_norms(book: PolicyBook) -> tuple[FacilityNorm, ...]:
    """Return every type of facility the pack measures, in its order.

    Raises
    ------
    PackFault
        If a standard is missing, or neither it nor the rules give a walking limit.
    """
    rules = completeness_rules(book)
    standards = {item.id: item for item in book.standards}
    tiers = {item.tier: item for item in rules.tiers}
    found = []
    for item in rules.facilities:
        standard = _standard(standards, item.standard, item.id)
        areas = _standard(standards, item.areas_from or item.standard, item.id)
        if standard.tier not in tiers:
            raise PackFault(f"the tier {standard.tier!r} has no row", file=FILE, key=item.id, cure="add it to tiers")
        tier = tiers[standard.tier]
        found.append(
            FacilityNorm(
                item,
                *_walk(item, standard),
                persons=tier.persons,
                persons_mark=Mark(f"{standard.source} {tier.tier}人口规模", tier.certainty),
                floor_area=areas.floor_area,
                land_area=areas.land_area,
                area_mark=Mark(areas.source, areas.certainty, areas.figures_certainty),
            )
        )
    return tuple(found)


def _standard(standards: Mapping[str, FacilityStandard], name: str, key: str) -> FacilityStandard:
    if name not in standards:
        raise PackFault(f"there is no standard {name!r}", file=FILE, key=key, cure="name an entry of standards.yaml")
    return standards[name]


def _walk(item: MeasuredFacility, standard: FacilityStandard) -> tuple[float, Mark]:
    if item.walk is not None:
        return item.walk, Mark("设施完整度取法", Certainty.PROPOSED, item.walk_note)
    if standard.radius is None:
        message = f"neither the rules nor the standard {standard.id} give a walking limit"
        raise PackFault(message, file=FILE, key=item.id, cure="give `walk`")
    return standard.radius, Mark(standard.source, standard.certainty)
