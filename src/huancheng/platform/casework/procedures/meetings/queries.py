"""What pages and the worklist ask about meetings; who may see what is decided here."""

from __future__ import annotations

from django.db.models import Count, F, Prefetch, Q, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Task
from huancheng.platform.casework.procedures.meetings.models import AgendaItem, Meeting, SeatVote
from huancheng.platform.casework.rules import MEETS
from huancheng.policy.routes.plan import PlannedStep


def visible_meetings(acting: Acting | None) -> QuerySet[Meeting]:
    """Return the meetings a person may see: of their body, hosted by it, with a seat for it; all where they see all."""
    role = current_book().posts.role(acting.role) if acting is not None else None
    if acting is None or role is None or acting.body is None or role.sees == "assigned":
        return Meeting.objects.none()
    rows = Meeting.objects.select_related("committee", "host")
    if role.sees == "all":
        return rows
    own = Q(committee=acting.body) | Q(host=acting.body) | Q(committee__acts_through=acting.body)
    return rows.filter(own | Q(pk__in=Meeting.objects.filter(seats__body=acting.body).values("pk")))


def meeting_list(acting: Acting) -> QuerySet[Meeting]:
    """Return the meetings a person may see with the size of their agenda, newest first."""
    decided = Count("items", filter=Q(items__status=AgendaItem.Status.DECIDED), distinct=True)
    waiting = Count("items", filter=Q(items__status=AgendaItem.Status.ENTERED), distinct=True)
    rows = visible_meetings(acting).annotate(size=Count("items", distinct=True), decided=decided, waiting=waiting)
    return rows.order_by("-held_on", "-pk")


def agenda_of(meeting: Meeting) -> list[AgendaItem]:
    """Return a meeting's agenda with every vote."""
    votes = Prefetch("votes", SeatVote.objects.select_related("seat"))
    rows = meeting.items.select_related("case", "entered_by", "confirmed_by")
    return list(rows.prefetch_related(votes).order_by("number"))


def open_confirmations(acting: Acting | None) -> QuerySet[AgendaItem]:
    """Return the votes that wait for a second person whom this person could be: entries for the worklist."""
    if acting is None or acting.role not in current_book().posts.act("confirm_vote").roles:
        return AgendaItem.objects.none()
    rows = AgendaItem.objects.filter(status=AgendaItem.Status.ENTERED, round=F("case__round"))
    here = Q(meeting__committee=acting.body) | Q(meeting__committee__acts_through=acting.body)
    own = {acting.person, acting.on_behalf_of} - {None}
    rows = rows.filter(here).exclude(entered_by__in=own).exclude(entered_on_behalf_of__in=own)
    return rows.select_related("meeting", "case").order_by("meeting__held_on", "pk")


def waiting_for(committee: Body) -> QuerySet[Task]:
    """Return the steps that wait for a committee and stand on no agenda: what may be put on one."""
    kinds = [kind.value for kind in MEETS]
    rows = Task.objects.filter(body=committee, kind__in=kinds, status=Task.Status.READY).select_related("case")
    there = AgendaItem.objects.filter(meeting__committee=committee).exclude(status=AgendaItem.Status.DEFERRED)
    taken = {(item.case_id, item.step, item.round) for item in there.only("case_id", "step", "round")}
    keys = [task.pk for task in rows if (task.case_id, task.step, task.case.round) not in taken]
    return rows.filter(pk__in=keys)


def item_in(standing: CaseStanding, planned: PlannedStep) -> AgendaItem | None:
    """Return the item of a step in the round of now that was not put off."""
    rows = AgendaItem.objects.filter(case=standing.case, step=planned.step.id, round=standing.case.round)
    return rows.exclude(status=AgendaItem.Status.DEFERRED).select_related("meeting").first()


def committees_of(acting: Acting) -> QuerySet[Body]:
    """Return the bodies whose meetings a person may call."""
    if acting.role not in current_book().posts.act("hold_meeting").roles:
        return Body.objects.none()
    return Body.objects.filter(Q(pk=acting.body) | Q(acts_through=acting.body), active=True)
