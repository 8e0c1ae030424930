"""What a filled-in form says, typed; nothing in it was computed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlannedParcel:
    """A planned parcel; shares are from 0 to 1, None where the form says nothing."""

    id: str
    use: str
    area: float
    far: float | None = None
    coverage: float | None = None
    height: float | None = None
    green: float | None = None
    project: str = ""


@dataclass(frozen=True, slots=True)
class PlannedProject:
    """A project with its floor areas (m²) and households; None where the form says nothing.

    `closes` names the shortfalls it closes, `business` what trades move in, `townscape` what it keeps of its place.
    """

    id: str
    name: str
    treatment: str
    existing_area: float | None = None
    demolished_area: float | None = None
    illegal_area: float | None = None
    dangerous_area: float | None = None
    added_area: float | None = None
    public_area: float | None = None
    relocated: int | None = None
    settled_nearby: int | None = None
    start: int | None = None
    years: int | None = None
    after: tuple[str, ...] = ()
    closes: tuple[str, ...] = ()
    business: str = ""
    townscape: str = ""


@dataclass(frozen=True, slots=True)
class PlannedFacility:
    """A facility the plan provides; its place in CGCS2000.

    `smart` is its kind of new city infrastructure, `agreement` the paper by which those who share it share its cost.
    """

    type: str
    name: str
    floor_area: float | None = None
    land_area: float | None = None
    longitude: float | None = None
    latitude: float | None = None
    project: str = ""
    shared_with: str = ""
    smart: str = ""
    agreement: str = ""


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A line of the rough estimate, in 万元."""

    kind: str
    item: str
    amount: float
    state: str = "匡算"
    basis: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True)
class UnitForm:
    """The whole form.

    Parameters
    ----------
    about
        Words by key of `ABOUT_ROWS`; a row left empty is absent.
    parcels, projects, facilities, money
        Rows in the form's order.
    file
        Name of the file, for messages.
    """

    about: dict[str, str]
    parcels: tuple[PlannedParcel, ...] = ()
    projects: tuple[PlannedProject, ...] = ()
    facilities: tuple[PlannedFacility, ...] = ()
    money: tuple[MoneyLine, ...] = ()
    file: str = ""
