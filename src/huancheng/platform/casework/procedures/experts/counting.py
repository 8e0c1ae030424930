"""How far a panel is, and what its opinions come to."""

from __future__ import annotations

from dataclasses import dataclass

from huancheng.platform.casework.procedures.experts.models import ExpertOpinion, Panel, PanelSeat
from huancheng.policy.routes.events import Vote
from huancheng.policy.routes.model import VoteRule

AGREEING = frozenset({ExpertOpinion.Verdict.FOR, ExpertOpinion.Verdict.AFTER_CHANGES})
"""Verdicts that count as a yes."""


@dataclass(frozen=True, slots=True)
class Count:
    """Opinions counted.

    Parameters
    ----------
    seats
        Seats of the panel, empty ones included.
    given
        Opinions in.
    waiting
        Experts who have not given theirs.
    verdicts
        How many of each.
    """

    seats: int
    given: int
    waiting: int
    verdicts: dict[str, int]

    @property
    def is_complete(self) -> bool:
        """Whether nobody is waited for."""
        return self.waiting == 0

    @property
    def vote(self) -> Vote:
        """The opinions as votes: for and after changes agree; an empty seat is not present."""
        return Vote(sum(self.verdicts.get(name, 0) for name in AGREEING), self.given, self.seats)

    def has_quorum(self, rule: VoteRule | None) -> bool:
        """Whether enough opinions are in for the step's rule: those who are there may conclude without the rest."""
        if rule is None:
            return self.is_complete and self.given > 0
        from huancheng.policy.facts import exact

        return self.given > 0 and self.given >= exact(rule.present) * self.seats

    def passes(self, rule: VoteRule) -> bool:
        """Whether the opinions carry by a rule."""
        vote = self.vote
        return rule.passes(yes=vote.yes, present=vote.present, seats=vote.seats)


def count(panel: Panel) -> Count:
    """Count a panel's opinions."""
    places = list(panel.places.select_related("opinion"))
    given = [place.opinion.verdict for place in places if place.status == PanelSeat.Status.GIVEN]
    waiting = sum(place.status == PanelSeat.Status.ASSIGNED for place in places)
    return Count(panel.seats, len(given), waiting, {name: given.count(name) for name in ExpertOpinion.Verdict.values})
