"""Cases: list, one, its log; what waits for the caller."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Query, Router

from huancheng.platform.api.caller import acting_of_call, case_or_404
from huancheng.platform.api.routers.acts import ANSWERS, moved
from huancheng.platform.api.schemas import (
    CaseOut,
    CasePage,
    CaseShort,
    EntryOut,
    Fault,
    Moved,
    OpenIn,
    RightOut,
    StepOut,
)
from huancheng.platform.audit.models import Event
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import Case, Subject
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.rules import rights
from huancheng.policy.routes.plan import PlannedStep

router = Router(tags=["cases"])

LONGEST_PAGE = 500


@router.get("/cases", response=CasePage, summary="List the cases you may see, newest first")
def list_cases(  # noqa: PLR0917 - each is a parameter of the query
    request: HttpRequest,
    status: str = "",
    instrument: str = "",
    jurisdiction: str = "",
    updated_after: str = "",
    offset: int = Query(0, ge=0),  # type: ignore[type-arg]
    limit: int = Query(100, ge=1, le=LONGEST_PAGE),  # type: ignore[type-arg]
) -> CasePage:
    """Return a stretch of the list; empty filters leave all in."""
    given = {"status": status, "instrument": instrument, "jurisdiction": jurisdiction, "updated_at__gt": updated_after}
    chosen = Q(**{name: value for name, value in given.items() if value})
    found = visible_cases(acting_of_call(request)).filter(chosen).order_by("-id")
    return CasePage(total=found.count(), items=[_short(case) for case in found[offset : offset + limit]])


@router.post("/cases", response=ANSWERS, summary="Open a case")
def open_(request: HttpRequest, given: OpenIn) -> Moved:
    """Open a case for an instrument over a subject."""
    subject = Subject.objects.filter(pk=given.subject).first()
    if subject is None:
        raise Http404("no such subject")
    acting = acting_of_call(request)
    return moved(open_case(given.instrument, subject, acting, title=given.title, facts=given.facts))


@router.get("/cases/{case_id}", response={200: CaseOut, 404: Fault}, summary="One case with its route and your rights")
def one_case(request: HttpRequest, case_id: int) -> CaseOut:
    """Return a case; one out of sight is not there."""
    acting = acting_of_call(request)
    standing = standing_of(case_or_404(acting, case_id))
    return CaseOut(
        **_short(standing.case).dict(),
        route=standing.state.route,
        pack=standing.case.pack,
        facts=standing.state.as_dict()["facts"],
        missing_preconditions=list(standing.interpreter.missing_preconditions(standing.state)),
        steps=[_step(standing, planned) for planned in standing.plan.steps],
        rights=[RightOut(act=right.act.id, step=right.step) for right in rights(acting, standing)],
    )


@router.get(
    "/cases/{case_id}/log", response={200: list[EntryOut], 404: Fault}, summary="The log of a case, oldest first"
)
def case_log(request: HttpRequest, case_id: int) -> list[EntryOut]:
    """Return every entry with its digest, so that a reader can check the chain."""
    case = case_or_404(acting_of_call(request), case_id)
    entries = Event.objects.filter(stream=case.stream).select_related("words").order_by("sequence")
    return [
        EntryOut(
            sequence=entry.sequence, code=entry.code, at=entry.at, day=entry.day, actor=entry.actor, body=entry.body,
            on_behalf_of=entry.on_behalf_of, data=entry.data, digest=entry.digest,
            words=entry.words.text if hasattr(entry, "words") else "",
        )
        for entry in entries
    ]  # fmt: skip


def _short(case: Case) -> CaseShort:
    return CaseShort(
        id=case.pk, number=case.number, title=case.title, instrument=case.instrument, jurisdiction=case.jurisdiction,
        subject=case.subject_id, status=case.status, approved=case.approved, cleared=case.cleared,
        opened_on=case.opened_on, back_entered=case.back_entered, round=case.round, version=case.version,
        updated_at=case.updated_at,
    )  # fmt: skip


def _step(standing: CaseStanding, planned: PlannedStep) -> StepOut:
    current = standing.step(planned.step.id)
    due = standing.interpreter.due(standing.state, planned.step.id)
    body = standing.body_of(planned)
    return StepOut(
        id=planned.step.id, kind=planned.step.kind.value, body=body.name if body else planned.body.name,
        status=current.status.value, gate=planned.step.gate, ready_on=current.ready_on, ended_on=current.ended_on,
        due_on=due.day if due else None, on_time=current.on_time, back_entered=current.back_entered,
        paper=current.paper, basis=planned.basis.value, cites=list(planned.step.cites),
    )  # fmt: skip
