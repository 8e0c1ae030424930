"""Bodies, roles that depend on the jurisdiction, and jurisdictions."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from huancheng.policy.pack import Entry


class Level(StrEnum):
    """Rank of a body."""

    NATION = "nation"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    """Counties, county-level cities and districts."""
    ZONE = "zone"
    PROJECT = "project"
    OUTSIDE = "outside"
    """Answers to none of the city's governments: owners, the public, courts, vertical bureaus."""


class JurisdictionKind(StrEnum):
    """Kind of a jurisdiction."""

    DISTRICT = "district"
    COUNTY = "county"
    COUNTY_CITY = "county_city"
    ZONE = "zone"


class Seat(StrEnum):
    """How a body acts."""

    ORGAN = "organ"
    COMMITTEE = "committee"
    """Decides in meetings; somebody else's clerks enter what it decided."""
    GROUP = "group"
    """Several bodies asked at once."""
    OUTSIDE = "outside"
    """Has no log-in: somebody asks it and enters its answer."""
    ENTITY = "entity"
    """Named case by case: an implementing entity, an applicant."""


class Body(Entry):
    """A body with one seat in the whole city.

    Parameters
    ----------
    title
        Official name.
    aliases
        Other names accepted.
    level
        Its rank; a body without one is a finding of `policy check`.
    housed_in
        Body in which it sits, if any.
    under
        Body above it in the tree, where it sits in none.
    members
        Posts of a committee, without personal names.
    seat
        How it acts.
    acts_through
        Body or role whose clerks record what this one decides; empty where its own people do everything.
    group_of
        For a group: ids of the bodies and roles it is made of; a role stands for that body of every jurisdiction.
    """

    title: str
    aliases: tuple[str, ...] = ()
    level: Level | None = None
    housed_in: str = ""
    under: str = ""
    members: tuple[str, ...] = ()
    seat: Seat = Seat.ORGAN
    acts_through: str = ""
    group_of: tuple[str, ...] = ()


class Role(Entry):
    """A body named by its part, such as 属地政府(管委会); which body it is depends on the jurisdiction.

    Parameters
    ----------
    title
        Words of the policy.
    level
        Rank of the bodies; a role without one is a finding of `policy check`.
    by_kind
        Name of the body per kind of jurisdiction; `{name}` stands for the jurisdiction's name.
    exceptions
        Body per jurisdiction id where the rule doesn't hold.
    default_for
        Kinds for which the policy is silent and the body is our default.
    under
        Body above it in the tree; a role stands for that body of the same jurisdiction.
    seat, acts_through
        As for a body; both hold for the bodies of every jurisdiction.
    """

    title: str
    aliases: tuple[str, ...] = ()
    level: Level | None = None
    by_kind: dict[JurisdictionKind, str] = Field(default_factory=dict)
    exceptions: dict[str, str] = Field(default_factory=dict)
    default_for: tuple[JurisdictionKind, ...] = ()
    under: str = ""
    seat: Seat = Seat.ORGAN
    acts_through: str = ""


class Jurisdiction(Entry):
    """A county, city, district or development zone that answers for renewal in its area.

    Parameters
    ----------
    title
        Official name as the policy writes it.
    aliases
        Other names accepted.
    kind
        District, county, county-level city or zone.
    central
        Whether it belongs to the central city as the policy lists it.
    managed_by
        How its area is known: `division` (an administrative division) or `managed_area` (dated, inside others).
    inside
        For a managed area: the divisions in which it lies.
    """

    title: str
    aliases: tuple[str, ...] = ()
    kind: JurisdictionKind
    central: bool
    managed_by: str = "division"
    inside: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All names accepted."""
        return (self.id, self.title, *self.aliases)
