"""How facility completeness is measured: which layers count, how far people walk, how many one facility serves."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from huancheng.evidence import Basis, Certainty
from huancheng.policy.pack import PackModel


class Tier(PackModel):
    """Least and most residents a circle of this tier holds."""

    tier: str
    persons: tuple[int, int]
    certainty: Certainty


class MeasuredFacility(PackModel):
    """One type of facility as it is found in the data.

    Parameters
    ----------
    id, title
        Key, and the words an officer reads.
    source
        Layer of the snapshot.
    classes
        Classes of the facilities layer that count.
    kinds
        Kinds that count in another layer.
    standard
        Entry of `standards.yaml` whose radius and areas hold.
    areas_from
        Entry whose areas hold where the standard has none.
    walk
        Walking limit in metres in place of the standard's radius.
    walk_note
        Why.
    """

    id: str
    title: str
    source: Literal["facilities", "green_space", "transit_stops"] = "facilities"
    classes: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    standard: str
    areas_from: str = ""
    walk: float | None = Field(default=None, gt=0)
    walk_note: str = ""

    @model_validator(mode="after")
    def _has_members(self) -> Self:
        if bool(self.classes) == bool(self.kinds):
            message = f"{self.id}: give classes for the facilities layer, or kinds for another layer"
            raise ValueError(message)
        return self


class ServedTest(PackModel):
    """Enough of the residents walk no farther than the facility's limit."""

    kind: Literal["served"]
    facility: str


class NearTest(PackModel):
    """Enough of the residents have one of these classes within a walk."""

    kind: Literal["near"]
    classes: tuple[str, ...]
    walk: float = Field(gt=0)


class FlagTest(PackModel):
    """A yes-or-no column of the estate says yes."""

    kind: Literal["flag"]
    column: str


class AmountTest(PackModel):
    """A column of the estate reaches an amount."""

    kind: Literal["amount"]
    column: str
    least: float


class RatioTest(PackModel):
    """A column of the estate, divided by another, reaches an amount."""

    kind: Literal["ratio"]
    column: str
    per: str
    least: float


class SurveyTest(PackModel):
    """No data of a city can tell; somebody must look and record it."""

    kind: Literal["survey"]


CommunityTest = Annotated[
    ServedTest | NearTest | FlagTest | AmountTest | RatioTest | SurveyTest, Field(discriminator="kind")
]


class CommunityItem(PackModel):
    """One item of the complete-community standard and how it is tested."""

    number: int
    category: str
    standard: str
    test: CommunityTest
    required: bool = True


class CommunityRules(PackModel):
    """The complete-community scorecard.

    Parameters
    ----------
    served_share
        Share of residents within the walk that counts as served.
    all_required
        Whether every required item must be met.
    """

    title: str
    source: str
    all_required: bool
    served_share: float = Field(gt=0, le=1)
    note: str
    items: tuple[CommunityItem, ...]


class ParkLivingRules(PackModel):
    """How industrial parks and living areas are paired (六(一)); lengths in metres, areas in square metres."""

    park_uses: tuple[str, ...]
    living_uses: tuple[str, ...]
    join_within: float
    least_area: float
    neighbours_within: float
    walk: float
    detour: float = Field(gt=1)
    shared_classes: tuple[str, ...]
    note: str


class SmartWorks(PackModel):
    """Kinds of smart municipal works and new city infrastructure (六(三))."""

    source: str
    certainty: Certainty
    kinds: tuple[str, ...]


class CompletenessRules(PackModel):
    """All of `completeness.yaml`.

    Parameters
    ----------
    tolerated_share
        Share of an area's residents beyond the walk that asks for no new facility; the residents are still told.
    tiers
        Residents one facility of a tier is made for.
    """

    basis: Basis
    certainty: Certainty
    note: str
    tolerated_share: float = Field(ge=0, lt=1)
    tiers: tuple[Tier, ...]
    facilities: tuple[MeasuredFacility, ...]
    smart_works: SmartWorks
    community: CommunityRules
    parks_and_living: ParkLivingRules
