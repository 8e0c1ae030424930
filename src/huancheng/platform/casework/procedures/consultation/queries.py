"""What pages and the worklist ask about opinions; who may see what is decided here."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Task
from huancheng.platform.casework.procedures.consultation.domain.settling import last_opinion
from huancheng.platform.casework.procedures.consultation.models import Finding, OpinionAnswer, OpinionRequest


@dataclass(frozen=True, slots=True)
class OpinionCount:
    """How far a consultation is.

    Parameters
    ----------
    asked, answered, lapsed, waiting
        Requests that count, by what became of them.
    opinions
        How many of each opinion.
    """

    asked: int
    answered: int
    lapsed: int
    waiting: int
    opinions: dict[str, int]


def requests_in(standing: CaseStanding, step: str) -> list[OpinionRequest]:
    """Return all requests of a step in the order they were made, with every answer; those of earlier rounds too."""
    answers = Prefetch("answers", OpinionAnswer.objects.select_related("entered_by", "scan"))
    rows = OpinionRequest.objects.filter(case=standing.case, step=step).select_related("body", "asked_by")
    return list(rows.prefetch_related(answers).order_by("-round", "pk"))


def count_opinions(requests: list[OpinionRequest]) -> OpinionCount:
    """Count the requests that count: those not cancelled; the caller chooses the round."""
    live = [item for item in requests if item.status != OpinionRequest.Status.CANCELLED]
    status = [item.status for item in live]
    opinions = [opinion for item in live if (opinion := last_opinion(item))]
    return OpinionCount(
        len(live),
        status.count(OpinionRequest.Status.ANSWERED),
        status.count(OpinionRequest.Status.LAPSED),
        status.count(OpinionRequest.Status.OPEN),
        {name: opinions.count(name) for name in OpinionAnswer.Opinion.values},
    )


def open_requests(acting: Acting | None) -> QuerySet[OpinionRequest]:
    """Return the requests a person's body owes an answer to, soonest first: the worklist's entries for those asked.

    Only requests of steps that still wait, in the round of now; only for roles that may answer.
    """
    if acting is None or acting.body is None or acting.role not in current_book().posts.act("answer").roles:
        return OpinionRequest.objects.none()
    waiting = Task.objects.filter(case=OuterRef("case"), step=OuterRef("step"))
    rows = OpinionRequest.objects.filter(
        Exists(waiting), body=acting.body, status=OpinionRequest.Status.OPEN, round=F("case__round")
    )
    return rows.select_related("case", "asked_by").order_by(F("due_on").asc(nulls_last=True), "pk")


def requests_of(acting: Acting) -> QuerySet[OpinionRequest]:
    """Return every request a person may see as one of those asked or asking, newest first; all where they see all."""
    role = current_book().posts.role(acting.role)
    rows = OpinionRequest.objects.select_related("case", "body", "asked_by").prefetch_related("answers")
    if role is None or role.sees == "assigned" or acting.body is None:
        return rows.none()
    if role.sees != "all":
        rows = rows.filter(Q(body=acting.body) | Q(asked_by=acting.body))
    return rows.order_by("-pk")


def may_answer(acting: Acting, request: OpinionRequest) -> bool:
    """Whether a person may answer for the body asked, or enter its paper as the asker."""
    holds = acting.role in current_book().posts.act("answer").roles
    return holds and acting.body in {request.body_id, request.asked_by_id}


def askable(standing: CaseStanding, step: str) -> QuerySet[Body]:
    """Return the bodies that can be asked: those of the city and outside, and those of the case's own jurisdiction."""
    here = Q(jurisdiction="") | Q(jurisdiction=standing.case.jurisdiction)
    asked = OpinionRequest.objects.filter(case=standing.case, step=step, round=standing.case.round).exclude(
        status=OpinionRequest.Status.CANCELLED
    )
    return Body.objects.filter(here, active=True).exclude(pk__in=asked.values("body")).order_by("kind", "pk")


def finding_in(standing: CaseStanding, step: str) -> Finding | None:
    """Return what the review of a step found in the round of now."""
    return Finding.objects.filter(case=standing.case, step=step, round=standing.case.round).first()
