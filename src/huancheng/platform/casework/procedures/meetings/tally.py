"""Counting a committee's votes, exactly."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.meetings.models import SeatVote
from huancheng.policy.routes.events import Vote

Choice = SeatVote.Vote


@dataclass(frozen=True, slots=True)
class Tally:
    """Votes on one item.

    Parameters
    ----------
    seats
        Seats of the committee.
    recused
        Seats that withdrew from the item, present or not.
    yes, no, abstained
        Votes of those who were there; an abstention counts as present, not as a yes.
    """

    seats: int
    recused: int
    yes: int
    no: int
    abstained: int

    @property
    def present(self) -> int:
        """Seats that took part."""
        return self.yes + self.no + self.abstained

    @property
    def vote(self) -> Vote:
        """The count as the route's interpreter takes it."""
        return Vote(self.yes, self.present, self.seats, self.recused)


def tally_by_seat(seats: Collection[int], present: Collection[int], votes: Mapping[int, str]) -> Tally:
    """Count votes given seat by seat.

    Parameters
    ----------
    seats
        Ids of all seats.
    present
        Those who were there.
    votes
        Vote by seat; a recused seat need not be present.

    Raises
    ------
    ProcedureFault
        If a seat voted that was not there, one that was there has no vote, or a vote is none.
    """
    if strange := sorted(set(votes) - set(seats)):
        raise ProcedureFault(_("有 %d 个席位不属于本次会议") % len(strange), field="votes", cure=_("请刷新页面"))
    if any(vote not in Choice.values for vote in votes.values()):
        raise ProcedureFault(_("表决只能是同意、不同意、弃权或回避"), field="votes", cure=_("请改正"))
    recused = {seat for seat, vote in votes.items() if vote == Choice.RECUSED}
    voting = set(present) - recused
    if absent := set(votes) - recused - voting:
        raise ProcedureFault(_("有 %d 个席位未到会却有表决") % len(absent), field="votes", cure=_("请核对签到"))
    if silent := voting - set(votes):
        raise ProcedureFault(_("还有 %d 个到会席位未登记表决") % len(silent), field="votes", cure=_("请逐席登记"))
    given = [votes[seat] for seat in voting]
    return Tally(len(seats), len(recused), given.count(Choice.YES), given.count(Choice.NO), given.count(Choice.ABSTAIN))


def tally_in_secret(
    seats: Collection[int], present: Collection[int], recused: Collection[int], *, yes: int, no: int, abstained: int
) -> Tally:
    """Take over the totals of a secret ballot.

    Raises
    ------
    ProcedureFault
        If they don't add up to those who were there and did not withdraw.
    """
    voting = set(present) - set(recused)
    if min(yes, no, abstained) < 0 or yes + no + abstained != len(voting):
        raise ProcedureFault(
            _("票数合计 %(sum)d，应为到会且未回避的 %(voting)d") % {"sum": yes + no + abstained, "voting": len(voting)},
            field="yes",
            cure=_("请核对计票"),
        )
    return Tally(len(seats), len(set(recused) & set(seats)), yes, no, abstained)
