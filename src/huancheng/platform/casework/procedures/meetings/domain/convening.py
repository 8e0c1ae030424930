"""Calling a meeting, its seats, its agenda, who came, its minutes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.moving import record
from huancheng.platform.casework.domain.sight import show_to
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.meetings.models import AgendaItem, Meeting, Seat
from huancheng.platform.casework.procedures.meetings.roster import SeatHolder, roster_of
from huancheng.platform.casework.procedures.meetings.rules import demand_host
from huancheng.platform.casework.procedures.stage import body_of, enter
from huancheng.platform.files.models import StoredFile


def convene(
    committee: Body,
    acting: Acting,
    *,
    title: str,
    held_on: date,
    place: str = "",
    secret: bool = False,
    seats: Sequence[str] = (),
) -> Meeting:
    """Call a meeting of a committee.

    Parameters
    ----------
    committee
        Body that decides.
    acting
        Clerk of the committee or of its office.
    seats
        Titles of the seats, where they differ from the roster.

    Raises
    ------
    NotAllowed
        If the person may not hold its meetings.
    ProcedureFault
        If no title is given, or nobody sits.
    """
    demand_host(acting, committee)
    if not title.strip():
        raise ProcedureFault(_("请填写会议名称"), field="title", cure=_("如：2026 年第 3 次会议"))
    named = [SeatHolder(name.strip()) for name in seats if name.strip()]
    holders = named or roster_of(committee, current_book())
    if not holders:
        raise ProcedureFault(_("%s没有委员名册") % committee, field="seats", cure=_("请逐行填写应到席位"))
    with transaction.atomic():
        meeting = Meeting.objects.create(
            committee=committee, host_id=body_of(acting), title=title, held_on=held_on, place=place, secret=secret
        )
        Seat.objects.bulk_create(
            Seat(meeting=meeting, number=number, title=holder.title, body_id=holder.body)
            for number, holder in enumerate(holders, start=1)
        )
        data = {"committee": committee.pk, "seats": len(holders), "secret": secret, "held_on": held_on.isoformat()}
        _note(meeting, "convened", acting, data)
    return meeting


def put_on_agenda(meeting: int, case: int, step: str, acting: Acting, *, expected: int | None = None) -> AgendaItem:
    """Put a step of a case on a meeting's agenda; those who sit there may then read the case.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If the step is not the committee's, is on an agenda already, or the meeting is closed.
    """
    with transaction.atomic():
        standing, planned = enter(case, step, "hold_meeting", acting, expected=expected)
        row = open_meeting(meeting, acting)
        body = standing.body_of(planned)
        if body is None or body.pk != row.committee_id:
            raise ProcedureFault(_("此环节不由%s决定") % row.committee, field="case", cure=_("请选择相应会议"))
        there = AgendaItem.objects.filter(case=case, step=step, round=standing.case.round)
        if there.exclude(status=AgendaItem.Status.DEFERRED).exists():
            raise ProcedureFault(_("此案卷已列入议程"), field="case", cure=_("如需改期，请先暂缓"))
        item = AgendaItem.objects.create(
            meeting=row, case=standing.case, step=step, round=standing.case.round, number=row.items.count() + 1
        )
        show_to(standing.case, [seat.body for seat in row.seats.select_related("body")])
        record(standing, "agenda_added", acting, step=step, meeting=row.pk, item=item.pk)
    return item


def take_attendance(
    meeting: int, acting: Acting, present: Collection[int], *, substitutes: Mapping[int, str] | None = None
) -> Meeting:
    """Note which seats were taken, and by whom in the holder's stead.

    Raises
    ------
    NotAllowed
        If the person may not hold its meetings.
    ProcedureFault
        If the meeting is closed, or votes were entered under the earlier attendance.
    """
    with transaction.atomic():
        row = open_meeting(meeting, acting)
        if row.items.filter(status__in=(AgendaItem.Status.ENTERED, AgendaItem.Status.DECIDED)).exists():
            raise ProcedureFault(_("已有表决登记，签到不能再改"), field="present", cure=_("请先退回表决登记"))
        seats = list(row.seats.all())
        for seat in seats:
            seat.present = seat.pk in present
            seat.substitute = (substitutes or {}).get(seat.pk, "").strip() if seat.present else ""
        Seat.objects.bulk_update(seats, ["present", "substitute"])
        stood_in = sum(bool(seat.substitute) for seat in seats)
        came = [seat.number for seat in seats if seat.present]
        _note(row, "attended", acting, {"present": came, "substitutes": stood_in})
    return row


def write_minutes(
    meeting: int, acting: Acting, *, text: str, paper: str = "", scan: StoredFile | None = None
) -> Meeting:
    """Keep the minutes and their number.

    Raises
    ------
    NotAllowed
        If the person may not hold its meetings.
    ProcedureFault
        If the meeting is closed.
    """
    with transaction.atomic():
        row = open_meeting(meeting, acting)
        row.minutes, row.paper, row.scan = text, paper.strip(), scan or row.scan
        row.save(update_fields=["minutes", "paper", "scan"])
        data = {"paper": row.paper, "scan": scan.sha256 if scan else ""}
        _note(row, "minutes_written", acting, data, words=text)
    return row


def close(meeting: int, acting: Acting) -> Meeting:
    """Close a meeting once every item is decided or put off.

    Raises
    ------
    NotAllowed
        If the person may not hold its meetings.
    ProcedureFault
        If an item is open, or the minutes have no number.
    """
    with transaction.atomic():
        row = open_meeting(meeting, acting)
        settled = (AgendaItem.Status.DECIDED, AgendaItem.Status.DEFERRED)
        if left := row.items.exclude(status__in=settled).count():
            raise ProcedureFault(_("还有 %d 项议程未办结") % left, field="items", cure=_("请复核表决或暂缓"))
        if not row.paper:
            raise ProcedureFault(_("请先填写会议纪要文号"), field="paper", cure=_("在“会议纪要”中填写"))
        row.status = Meeting.Status.CLOSED
        row.save(update_fields=["status"])
        _note(row, "closed", acting, {})
    return row


def open_meeting(meeting: int, acting: Acting) -> Meeting:
    """Lock a meeting that is not closed for somebody who may hold it.

    Raises
    ------
    NotAllowed
        If they may not.
    ProcedureFault
        If it is closed.
    """
    row = Meeting.objects.select_for_update(of=("self",)).select_related("committee", "scan").get(pk=meeting)
    demand_host(acting, row.committee)
    if row.status == Meeting.Status.CLOSED:
        raise ProcedureFault(_("会议已结束，记录不能再改"), field="meeting", cure=_("如有错误，请另行登记更正"))
    return row


def _note(meeting: Meeting, code: str, acting: Acting, data: Mapping[str, object], *, words: str = "") -> None:
    append(meeting.stream, f"meeting.{code}", acting, dict(data), words=words)
