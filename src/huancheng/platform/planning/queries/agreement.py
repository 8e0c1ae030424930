"""Whether something agrees with the plans: the bureau's written opinion first, our overlay only beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huancheng.platform.planning.models import BureauOpinion, PlanRecord
from huancheng.platform.planning.models.place import Ground

_WORST = (
    BureauOpinion.Conclusion.CONFLICTS, BureauOpinion.Conclusion.CONDITIONAL, BureauOpinion.Conclusion.CONFORMS,
)  # fmt: skip
_TONES = {
    BureauOpinion.Conclusion.CONFLICTS: "red",
    BureauOpinion.Conclusion.CONDITIONAL: "amber",
    BureauOpinion.Conclusion.CONFORMS: "green",
}


@dataclass(frozen=True, slots=True)
class Overlay:
    """How much of something lies inside a plan's coverage.

    Parameters
    ----------
    plan
        The plan.
    share
        Share of the area, 0 to 1.
    """

    plan: PlanRecord
    share: float

    @property
    def percent(self) -> float:
        """The share in percent."""
        return self.share * 100


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is known of whether something agrees with the plans.

    Parameters
    ----------
    opinions
        Opinions of the bureau that hold, the newest first: one for each plan it was measured against.
    overlays
        Our overlay with the coverages of the register; for reference wherever an opinion holds.
    """

    opinions: Sequence[BureauOpinion]
    overlays: Sequence[Overlay]

    @property
    def conclusion(self) -> BureauOpinion.Conclusion | None:
        """The worst conclusion that holds; None where the bureau wrote nothing. The overlay never decides it."""
        held = {item.conclusion for item in self.opinions}
        return next((item for item in _WORST if item in held), None)

    @property
    def tone(self) -> str:
        """Tone of its light."""
        return _TONES[self.conclusion] if self.conclusion else "grey"


def tone_of(opinion: BureauOpinion) -> str:
    """Return the tone of an opinion's light."""
    return _TONES[BureauOpinion.Conclusion(opinion.conclusion)]


def opinions_on(kind: str, key: int) -> list[BureauOpinion]:
    """Return every opinion on a thing, the newest first."""
    return list(
        BureauOpinion.objects.filter(subject_kind=kind, subject_key=key)
        .select_related("plan", "scan")
        .defer("plan__geometry")
    )


def opinions_beside(*things: tuple[str, int]) -> list[BureauOpinion]:
    """Return every opinion on several things that stand for one another, the newest first: a unit and its plan."""
    found = [opinion for kind, key in things for opinion in opinions_on(kind, key)]
    return sorted(found, key=lambda opinion: (opinion.given_on, opinion.pk), reverse=True)


def agreement_of(kind: str, key: int, ground: Iterable[Ground] = (), plans: Iterable[PlanRecord] = ()) -> Agreement:
    """Return what is known of whether a thing agrees with the plans.

    Parameters
    ----------
    kind, key
        What it is: as an opinion names it.
    ground
        Where it lies.
    plans
        Plans of the register, with their shapes, to lay it over.
    """
    return agreement_by(opinions_on(kind, key), ground, plans)


def agreement_by(
    opinions: Iterable[BureauOpinion], ground: Iterable[Ground] = (), plans: Iterable[PlanRecord] = ()
) -> Agreement:
    """Return the same by opinions that are here already, the newest first."""
    holding: dict[int | None, BureauOpinion] = {}
    for opinion in opinions:
        holding.setdefault(opinion.plan_id, opinion)
    return Agreement(list(holding.values()), overlays_of(ground, plans))


def overlays_of(ground: Iterable[Ground], plans: Iterable[PlanRecord]) -> list[Overlay]:
    """Return the share of some ground that lies in each plan's coverage; plans without one are left out."""
    laid = [row for row in ground if row.geometry is not None]
    covered = [plan for plan in plans if plan.geometry is not None]
    if not laid or not covered:
        return []
    import shapely

    whole = shapely.union_all([shapely.from_wkb(bytes(row.geometry or b"")) for row in laid])
    if whole.area == 0:
        return []
    shapes = [shapely.from_wkb(bytes(plan.geometry or b"")) for plan in covered]
    return [
        Overlay(plan, float(shapely.intersection(whole, shape).area / whole.area))
        for plan, shape in zip(covered, shapes, strict=True)
    ]
