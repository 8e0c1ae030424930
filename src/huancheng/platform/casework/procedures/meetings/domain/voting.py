"""Votes on an item: entered by one person, confirmed by another, and only then the committee's decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.moving import apply, record
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.meetings.domain.convening import open_meeting
from huancheng.platform.casework.procedures.meetings.models import AgendaItem, Meeting, SeatVote
from huancheng.platform.casework.procedures.meetings.rules import is_independent
from huancheng.platform.casework.procedures.meetings.tally import Tally, tally_by_seat, tally_in_secret
from huancheng.platform.casework.procedures.stage import enter
from huancheng.policy.routes.events import Event, EventKind


@dataclass(frozen=True, slots=True)
class Ballot:
    """What was voted on an item.

    Parameters
    ----------
    votes
        Vote by seat; in a secret ballot only who withdrew.
    reasons
        Why a seat withdrew.
    yes, no, abstained
        Totals of a secret ballot.
    decision
        What was decided, in words.
    passed
        Yes or no, where the route sets no vote rule.
    """

    votes: Mapping[int, str] = field(default_factory=dict)
    reasons: Mapping[int, str] = field(default_factory=dict)
    yes: int = 0
    no: int = 0
    abstained: int = 0
    decision: str = ""
    passed: bool | None = None


def enter_votes(item: int, acting: Acting, ballot: Ballot, *, expected: int | None = None) -> AgendaItem:
    """Enter what was voted on an item; nothing is decided yet.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If votes don't add up, a recusal has no reason, or something is missing.
    """
    with transaction.atomic():
        standing, row, meeting = _open(item, "hold_meeting", acting, expected)
        if row.status != AgendaItem.Status.PLANNED:
            raise ProcedureFault(_("此项已登记表决"), field="votes", cure=_("如需改正，请由复核人退回"))
        rule = standing.plan.step(row.step).step.vote
        if rule is None and ballot.passed is None:
            raise ProcedureFault(_("请选择通过或不通过"), field="passed", cure=_("此环节未设表决规则"))
        if not ballot.decision.strip():
            raise ProcedureFault(_("请填写决定内容"), field="decision", cure=_("按会议纪要填写"))
        counted = _count(meeting, ballot)
        row.yes, row.no, row.abstained, row.recused = counted.yes, counted.no, counted.abstained, counted.recused
        vote = counted.vote
        row.passed = (
            rule.passes(yes=vote.yes, present=vote.present, seats=vote.seats - vote.recused) if rule else ballot.passed
        )
        row.decision, row.status = ballot.decision, AgendaItem.Status.ENTERED
        row.entered_by_id, row.entered_on_behalf_of = acting.person, acting.on_behalf_of
        row.save()
        _keep_votes(meeting, row, ballot)
        record(
            standing, "votes_entered", acting, words=ballot.decision, step=row.step, item=row.pk, meeting=meeting.pk,
            yes=counted.yes, no=counted.no, abstained=counted.abstained, recused=counted.recused, seats=counted.seats,
        )  # fmt: skip
    return row


def confirm_votes(item: int, acting: Acting, *, expected: int | None = None) -> CaseStanding:
    """Confirm votes another person entered, which decides the step in the committee's name on the meeting's day.

    Raises
    ------
    NotAllowed, Overtaken, RouteFault
        If the person, the moment or the route forbids it; whoever entered the votes may not confirm them.
    ProcedureFault
        If nothing waits to be confirmed, or the minutes have no number.
    """
    with transaction.atomic():
        standing, row, meeting = _open(item, "confirm_vote", acting, expected)
        _demand_second_person(acting, row)
        if not meeting.paper:
            raise ProcedureFault(_("请先填写会议纪要文号"), field="paper", cure=_("在“会议纪要”中填写"))
        rule = standing.plan.step(row.step).step.vote
        row.status, row.confirmed_by_id = AgendaItem.Status.DECIDED, acting.person
        row.save(update_fields=["status", "confirmed_by"])
        counted = Tally(meeting.seats.count(), row.recused or 0, row.yes or 0, row.no or 0, row.abstained or 0)
        event = Event(
            EventKind.DECIDED, meeting.held_on, step=row.step, paper=meeting.paper,
            vote=counted.vote if rule else None, passed=None if rule else row.passed,
        )  # fmt: skip
        return apply(
            standing, "confirm_vote", acting, event, words=row.decision, item=row.pk, meeting=meeting.pk,
            entered_by=row.entered_by_id,
        )  # fmt: skip


def reject_votes(item: int, acting: Acting, *, reason: str, expected: int | None = None) -> AgendaItem:
    """Send votes back to be entered anew, by the second person who found them wrong.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If nothing waits to be confirmed, or no reason is given.
    """
    with transaction.atomic():
        standing, row, meeting = _open(item, "confirm_vote", acting, expected)
        _demand_second_person(acting, row)
        if not reason.strip():
            raise ProcedureFault(_("退回须写明理由"), field="reason", cure=_("请填写与纪要不符之处"))
        row.votes.all().delete()
        row.yes = row.no = row.abstained = row.recused = row.passed = None
        row.status, row.entered_by, row.entered_on_behalf_of = AgendaItem.Status.PLANNED, None, None
        row.save()
        record(standing, "votes_rejected", acting, words=reason, step=row.step, item=row.pk, meeting=meeting.pk)
    return row


def defer(item: int, acting: Acting, *, reason: str, expected: int | None = None) -> AgendaItem:
    """Put an item off; the case may come before another meeting.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If votes were entered, or no reason is given.
    """
    with transaction.atomic():
        standing, row, meeting = _open(item, "hold_meeting", acting, expected)
        if row.status != AgendaItem.Status.PLANNED:
            raise ProcedureFault(_("此项已登记表决，不能暂缓"), field="item", cure=_("请先退回表决登记"))
        if not reason.strip():
            raise ProcedureFault(_("暂缓须写明理由"), field="reason", cure=_("请填写理由"))
        row.status = AgendaItem.Status.DEFERRED
        row.save(update_fields=["status"])
        record(standing, "agenda_deferred", acting, words=reason, step=row.step, item=row.pk, meeting=meeting.pk)
    return row


def _open(item: int, act: str, acting: Acting, expected: int | None) -> tuple[CaseStanding, AgendaItem, Meeting]:
    """Lock case, meeting and item, in this order everywhere, so that two clerks can't block each other."""
    found = AgendaItem.objects.select_related("meeting").get(pk=item)
    standing, _planned = enter(found.case_id, found.step, act, acting, expected=expected)
    if act == "hold_meeting":
        meeting = open_meeting(found.meeting_id, acting)
    else:
        meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=found.meeting_id)
    return standing, AgendaItem.objects.select_for_update(of=("self",)).get(pk=item), meeting


def _demand_second_person(acting: Acting, row: AgendaItem) -> None:
    if row.status != AgendaItem.Status.ENTERED:
        raise ProcedureFault(_("此项没有待复核的表决"), field="item", cure=_("请刷新页面"))
    if not is_independent(acting, row):
        raise NotAllowed(_("登记人不能复核自己登记的表决"), field="item", cure=_("请由另一人复核"))


def _count(meeting: Meeting, ballot: Ballot) -> Tally:
    seats = list(meeting.seats.all())
    everyone = [seat.pk for seat in seats]
    present = [seat.pk for seat in seats if seat.present]
    recused = [seat for seat, vote in ballot.votes.items() if vote == SeatVote.Vote.RECUSED]
    if any(not ballot.reasons.get(seat, "").strip() for seat in recused):
        raise ProcedureFault(_("回避须写明理由"), field="votes", cure=_("请在席位后填写"))
    if meeting.secret:
        return tally_in_secret(everyone, present, recused, yes=ballot.yes, no=ballot.no, abstained=ballot.abstained)
    return tally_by_seat(everyone, present, ballot.votes)


def _keep_votes(meeting: Meeting, row: AgendaItem, ballot: Ballot) -> None:
    """Keep how each seat voted; of a secret ballot only who withdrew."""
    SeatVote.objects.bulk_create(
        SeatVote(item=row, seat_id=seat, vote=vote, reason=ballot.reasons.get(seat, ""))
        for seat, vote in ballot.votes.items()
        if not meeting.secret or vote == SeatVote.Vote.RECUSED
    )
