"""The places that have a special plan of their own: the central city as one, every other jurisdiction by itself."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.models import Subject
from huancheng.policy.bodies.model import Jurisdiction

CENTRAL = "中心城区"
"""Name of the districts and zones that the policy plans as one."""

SCOPE = "jurisdiction"
"""Kind of the subject its cases are about."""


@dataclass(frozen=True, slots=True)
class PlanPlace:
    """A place with a special plan.

    Parameters
    ----------
    id
        Jurisdiction under which the plan is kept; for the central city the district in which its zones lie.
    title
        Its name.
    members
        Every jurisdiction the plan covers.
    central
        Whether it is the central city.
    """

    id: str
    title: str
    members: tuple[str, ...]
    central: bool


def plan_places() -> tuple[PlanPlace, ...]:
    """Return the places in the order of the pack, the central city first."""
    jurisdictions = list(current_book().jurisdictions)
    central = [item for item in jurisdictions if item.central]
    others = [PlanPlace(item.id, item.title, (item.id,), central=False) for item in jurisdictions if not item.central]
    if not central:
        return tuple(others)
    head = _head(central)
    title = CENTRAL if len(central) > 1 else head.title
    return (PlanPlace(head.id, title, tuple(item.id for item in central), central=True), *others)


def place_of(jurisdiction: str) -> PlanPlace | None:
    """Return the place a jurisdiction is planned with; None where the pack does not know it."""
    return next((place for place in plan_places() if jurisdiction in place.members), None)


def place_title(jurisdiction: str) -> str:
    """Return the name of the place a plan is kept under; its id where the pack no longer knows it."""
    place = place_of(jurisdiction)
    return place.title if place else jurisdiction


def subject_of(place: PlanPlace) -> Subject:
    """Return what the cases of a place's plan are about; a new one is not saved yet."""
    known = Subject.objects.filter(kind=SCOPE, key=place.id).first()
    return known or Subject(kind=SCOPE, key=place.id, title=place.title, jurisdiction=place.id)


def _head(central: list[Jurisdiction]) -> Jurisdiction:
    """Return the first that lies in no other."""
    return next((item for item in central if not item.inside), central[0])
