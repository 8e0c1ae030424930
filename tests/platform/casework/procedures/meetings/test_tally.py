"""Votes are counted in whole numbers, by the rule of the route, exactly."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.meetings.tally import tally_by_seat, tally_in_secret
from huancheng.policy.routes.model import VoteRule

votes = st.sampled_from(["yes", "no", "abstain", "recused"])
shares = st.fractions(0, 1, max_denominator=9)


@st.composite
def rooms(draw):
    """Seats, who came, and how each of them voted; some who withdrew did not come."""
    size = draw(st.integers(1, 12))
    seats = list(range(size))
    present = draw(st.sets(st.sampled_from(seats)))
    ballot = {seat: draw(votes) for seat in present}
    for seat in draw(st.sets(st.sampled_from(seats))) - present:
        ballot[seat] = "recused"
    return seats, present, ballot


@pytest.mark.requirement("5.2-6")
@given(rooms(), shares, shares, st.booleans(), st.sampled_from(["present", "seats"]))
def test_the_count_equals_exact_fractions(room, quorum, majority, strict, of):
    seats, present, ballot = room
    counted = tally_by_seat(seats, present, ballot)
    rule = VoteRule(present=str(quorum), approve=str(majority), strict=strict, of=of)
    eligible = [seat for seat in seats if ballot.get(seat) != "recused"]
    voting = [seat for seat in present if ballot[seat] != "recused"]
    yes = sum(ballot[seat] == "yes" for seat in voting)
    base = len(voting) if of == "present" else len(eligible)
    enough = bool(voting) and Fraction(len(voting)) >= quorum * len(eligible)
    carried = Fraction(yes) > majority * base if strict else Fraction(yes) >= majority * base
    vote = counted.vote
    assert rule.passes(yes=vote.yes, present=vote.present, seats=vote.seats - vote.recused) is (enough and carried)
    assert counted.present == len(voting)


@given(rooms())
def test_a_secret_ballot_of_the_same_votes_counts_the_same(room):
    seats, present, ballot = room
    open_count = tally_by_seat(seats, present, ballot)
    recused = [seat for seat, vote in ballot.items() if vote == "recused"]
    secret = tally_in_secret(
        seats, present, recused, yes=open_count.yes, no=open_count.no, abstained=open_count.abstained
    )
    assert secret == open_count


@pytest.mark.parametrize(
    ("present", "ballot", "complaint"),
    [
        ([1, 2], {1: "yes"}, "还有 1 个到会席位未登记"),
        ([1], {1: "yes", 2: "no"}, "1 个席位未到会"),
        ([1], {1: "yes", 9: "no"}, "不属于本次会议"),
        ([1], {1: "maybe"}, "只能是"),
    ],
)
def test_votes_that_can_not_be_are_refused(present, ballot, complaint):
    with pytest.raises(ProcedureFault, match=complaint):
        tally_by_seat([1, 2, 3], present, ballot)


@pytest.mark.parametrize(("yes", "no", "abstained"), [(1, 0, 0), (3, 0, 0), (3, -1, 0)])
def test_totals_must_add_up_to_those_who_voted(yes, no, abstained):
    with pytest.raises(ProcedureFault, match="票数合计"):
        tally_in_secret([1, 2, 3], [1, 2, 3], [3], yes=yes, no=no, abstained=abstained)
