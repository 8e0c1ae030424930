"""What follows for a step when those asked have answered, or the time is over."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huancheng.platform.audit.acting import PROGRAM, Acting
from huancheng.platform.casework.domain.moving import apply, record
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.consultation.members import members_of
from huancheng.platform.casework.procedures.consultation.models import OpinionAnswer, OpinionRequest
from huancheng.platform.casework.procedures.faults import ProcedureFault
from huancheng.platform.casework.procedures.stage import enter
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind, Vote
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.plan import PlannedStep

ASKING = frozenset({StepKind.CONSULT, StepKind.COUNTERSIGN, StepKind.LETTER_REVIEW})
"""Kinds of step that consist in asking; in others a body may be asked too, but the step goes its own way."""


def asked_now(standing: CaseStanding, step: str) -> QuerySet[OpinionRequest]:
    """Return the requests that count in a step now: of this round, not cancelled."""
    rows = OpinionRequest.objects.filter(case=standing.case, step=step, round=standing.case.round)
    return rows.exclude(status=OpinionRequest.Status.CANCELLED)


def last_opinion(request: OpinionRequest) -> str:
    """Return the opinion that counts for a request: the last that came while the step was under way; empty for none."""
    found = [answer.opinion for answer in request.answers.all() if not answer.late]
    return found[-1] if found else ""


def settle(standing: CaseStanding, planned: PlannedStep) -> CaseStanding:
    """End a step of asking once everybody has answered or the time has lapsed; the case is locked.

    Nothing happens while a request is open, a member was not asked, or (in a step that judges) somebody disagrees:
    then a person decides. Where the step sets a vote rule, agreement is counted by it.
    """
    step = planned.step
    requests = list(asked_now(standing, step.id).prefetch_related("answers"))
    if step.kind not in ASKING or not requests or _is_open(standing, planned, requests):
        return standing
    opinions = [last_opinion(item) for item in requests]
    day = max(item.closed_on for item in requests if item.closed_on)
    if not any(opinions) and _time_is_over(standing, step.id, day):
        return apply(standing, "lapse", PROGRAM, Event(EventKind.LAPSED, day, step=step.id))
    if not step.kind.judges:
        return apply(standing, "complete", PROGRAM, Event(EventKind.COMPLETED, day, step=step.id))
    if OpinionAnswer.Opinion.DISAGREE in opinions:
        return standing
    return apply(standing, "decide", PROGRAM, _decision(planned, opinions, day, passed=True))


def lapse(case: int, step: str, acting: Acting, *, expected: int | None = None) -> CaseStanding:
    """Take the silence of those whose time is over as no objection, where the pack says so.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it, or silence means nothing in this step.
    ProcedureFault
        If nobody's time is over.
    """
    with transaction.atomic():
        standing, planned = enter(case, step, "lapse", acting, expected=expected)
        today = clock.today()
        silent = asked_now(standing, step).filter(
            status=OpinionRequest.Status.OPEN, silence_consents=True, due_on__lt=today
        )
        bodies = list(silent.values_list("body_id", flat=True))
        if not bodies:
            raise ProcedureFault(_("没有逾期未答复的单位"), field="step", cure=_("期限届满后再办"))
        silent.update(status=OpinionRequest.Status.LAPSED, closed_on=today)
        record(standing, "opinion_lapsed", acting, step=step, bodies=bodies)
        return settle(standing, planned)


def conclude(
    case: int, step: str, acting: Acting, *, passed: bool, opinion: str, paper: str = "", expected: int | None = None
) -> CaseStanding:
    """Decide a step of asking by hand: somebody disagreed, or the members are not all known.

    Parameters
    ----------
    passed
        Whether the step passes; of no effect in a step that judges nothing.
    opinion
        Why, in words.

    Raises
    ------
    NotAllowed, Overtaken
        If the person or the moment forbids it.
    ProcedureFault
        If nobody was asked, somebody has not answered, or no reason is given.
    """
    with transaction.atomic():
        standing, planned = enter(case, step, "conclude", acting, expected=expected)
        requests = list(asked_now(standing, step).prefetch_related("answers"))
        if not requests:
            raise ProcedureFault(_("尚未征询任何单位"), field="step", cure=_("请先发出征询"))
        if waits := [str(item.body) for item in requests if item.status == OpinionRequest.Status.OPEN]:
            names = "、".join(waits[:3])
            raise ProcedureFault(
                _("还有 %(count)d 家未答复：%(names)s") % {"count": len(waits), "names": names},
                field="step",
                cure=_("请催办或撤销"),
            )
        if not opinion.strip():
            raise ProcedureFault(_("汇总结论须写明理由"), field="opinion", cure=_("请填写综合意见"))
        today = clock.today()
        if planned.step.kind.judges:
            opinions = [last_opinion(item) for item in requests]
            event = _decision(planned, opinions, today, passed=passed, paper=paper)
        else:
            event = Event(EventKind.COMPLETED, today, step=step, paper=paper)
        return apply(standing, "conclude", acting, event, words=opinion)


def _is_open(standing: CaseStanding, planned: PlannedStep, requests: list[OpinionRequest]) -> bool:
    if any(item.status == OpinionRequest.Status.OPEN for item in requests):
        return True
    body = standing.body_of(planned)
    members = members_of(body, standing.book) if body is not None else []
    return bool({item.pk for item in members} - {item.body_id for item in requests})


def _time_is_over(standing: CaseStanding, step: str, day: date) -> bool:
    due = standing.interpreter.due(standing.state, step)
    return due is not None and day > due.day


def _decision(planned: PlannedStep, opinions: list[str], day: date, *, passed: bool, paper: str = "") -> Event:
    """Return the event of the result: by votes where the route counts them, else yes or no."""
    step = planned.step
    if step.vote is None:
        return Event(EventKind.DECIDED, day, step=step.id, passed=passed, paper=paper)
    agreeing = sum(opinion != OpinionAnswer.Opinion.DISAGREE for opinion in opinions)
    vote = Vote(agreeing, len(opinions), len(opinions))
    return Event(EventKind.DECIDED, day, step=step.id, vote=vote, paper=paper)
