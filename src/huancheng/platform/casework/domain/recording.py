"""Recording what others decided: a clerk enters it from the paper, a second person checks it, then the case moves."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, cast

from django.db import transaction
from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.domain.faults import NotAllowed
from huancheng.platform.casework.domain.moving import announce, apply, demand, lock, record
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.domain.trying import try_event
from huancheng.platform.casework.models import DecisionRecord
from huancheng.platform.casework.rules import independent
from huancheng.platform.common import clock
from huancheng.platform.files.models import StoredFile
from huancheng.policy.routes.events import Event, EventKind, Vote


def record_decision(
    case: int,
    step: str,
    acting: Acting,
    *,
    paper: str,
    document_day: date,
    passed: bool | None = None,
    vote: Vote | None = None,
    words: str = "",
    scan: StoredFile | None = None,
    expected: int | None = None,
) -> DecisionRecord:
    """Enter what a meeting or a red-headed document decided (登记决定); nothing moves until it is checked.

    Parameters
    ----------
    case, step
        Which.
    acting
        A clerk of the step's body, or of the body it acts through.
    paper
        Number of the minutes or the document.
    document_day
        Its date; the day of entry is kept beside it.
    passed
        Yes or no; left out where votes tell it, or the step judges nothing.
    vote
        The votes, where the route sets a vote.
    words
        What the paper says.
    scan
        The scanned paper.
    expected
        Version the clerk saw.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids it, or the paper's number is missing.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, "record", standing, step, paper=paper)
        draft = DecisionRecord(
            case=standing.case, step=step, passed=passed, paper=paper, document_day=document_day,
            entered_on=clock.today(), entered_by_id=cast("int", acting.person),
            entered_on_behalf_of=acting.on_behalf_of, scan=scan,
            **(asdict(vote) if vote else {}),
        )  # fmt: skip
        event = event_of(standing, draft)
        try_event(standing, event)
        data: dict[str, Any] = {"step": step, "paper": paper, "document_day": document_day.isoformat()}
        data |= {"passed": passed, "vote": asdict(vote) if vote else None, "scan": scan.sha256 if scan else ""}
        draft.entry = record(standing, "record", acting, words=words, **data)
        draft.save()
        announce(standing, "record", step)
    return draft


def confirm_record(
    case: int, step: str, acting: Acting, *, words: str = "", expected: int | None = None
) -> CaseStanding:
    """Confirm, having compared it with the paper, what a clerk entered; only then the route moves.

    Raises
    ------
    NotAllowed
        If the person may not, or entered it, by themselves or through a delegation.
    Overtaken, NotAllowedByRoute
        If the moment or the route forbids it.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        draft = _waiting(standing, step, acting)
        event = event_of(standing, draft)
        _close(draft, DecisionRecord.Status.CONFIRMED, acting)
        return apply(standing, "confirm_record", acting, event, words=words, record=draft.entry.sequence)


def refuse_record(case: int, step: str, acting: Acting, *, words: str, expected: int | None = None) -> DecisionRecord:
    """Refuse what a clerk entered, because it is not what the paper says; it has to be entered again.

    Raises
    ------
    NotAllowed, Overtaken, InputFault
        As for `confirm_record`, or if no reason is given.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        draft = _waiting(standing, step, acting)
        if not words.strip():
            raise InputFault(gettext("复核不通过须写明理由"), field="words", cure=gettext("请写明登记与文件不符之处"))
        _close(draft, DecisionRecord.Status.REFUSED, acting)
        record(standing, "refuse_record", acting, words=words, step=step, record=draft.entry.sequence)
        announce(standing, "refuse_record", step)
    return draft


def event_of(standing: CaseStanding, draft: DecisionRecord) -> Event:
    """Return the event that a recorded decision makes when it is confirmed."""
    judges = standing.plan.step(draft.step).step.kind.judges
    vote = None
    if draft.yes is not None:
        vote = Vote(draft.yes, draft.present or 0, draft.seats or 0, draft.recused or 0)
    return Event(
        EventKind.DECIDED if judges else EventKind.COMPLETED,
        draft.document_day,
        step=draft.step,
        passed=draft.passed if judges else None,
        vote=vote if judges else None,
        paper=draft.paper,
        entered_on=draft.entered_on,
    )


def _waiting(standing: CaseStanding, step: str, acting: Acting) -> DecisionRecord:
    """Return the decision that waits in a step, if this person may check it."""
    draft = standing.pending.get(step)
    if draft is not None and not independent(acting, standing, step):
        raise NotAllowed(
            gettext("登记人不能复核自己登记的决定，受委托办理的也不能"), field=step, cure=gettext("请由另一人复核")
        )
    demand(acting, "confirm_record", standing, step)
    return standing.pending[step]


def _close(draft: DecisionRecord, status: DecisionRecord.Status, acting: Acting) -> None:
    draft.status = status
    draft.checked_by_id = acting.person
    draft.checked_at = clock.now()
    draft.save(update_fields=["status", "checked_by", "checked_at"])
