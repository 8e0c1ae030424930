"""Acts in a case: each calls the domain function the pages call, and nothing else changes anything."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from ninja import Router

from huancheng.platform.api import schemas
from huancheng.platform.api.caller import acting_of_call, case_or_404
from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.domain import (
    back_entry,
    entrusting,
    informing,
    recognising,
    recording,
    remarking,
    returning,
    stepping,
)
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import Case
from huancheng.policy.routes.events import Vote
from huancheng.policy.routes.state import StepStatus

router = Router(tags=["acts"])

ANSWERS = {
    200: schemas.Moved,
    400: schemas.Fault,
    403: schemas.Fault,
    404: schemas.Fault,
    409: schemas.Fault,
}


@router.post("/cases/{case_id}/steps/{step}/complete", response=ANSWERS, summary="Complete a step that judges nothing")
def complete(request: HttpRequest, case_id: int, step: str, given: schemas.CompleteIn) -> schemas.Moved:
    """End a step."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id).pk
    done = stepping.complete(
        case, step, acting, paper=given.paper, words=given.words, day=given.day, expected=given.expected
    )
    return moved(done)


@router.post("/cases/{case_id}/steps/{step}/decide", response=ANSWERS, summary="Decide a step")
def decide(request: HttpRequest, case_id: int, step: str, given: schemas.DecideIn) -> schemas.Moved:
    """Say yes or no, or give the votes."""
    acting = acting_of_call(request)
    done = stepping.decide(
        case_or_404(acting, case_id).pk, step, acting, passed=given.passed, vote=_vote(given.vote),
        opinion=given.words, paper=given.paper, day=given.day, expected=given.expected,
    )  # fmt: skip
    return moved(done)


@router.post("/cases/{case_id}/steps/{step}/record", response=ANSWERS, summary="Record what a body decided on paper")
def record(request: HttpRequest, case_id: int, step: str, given: schemas.RecordIn) -> schemas.Moved:
    """Enter a decision; it counts only once a second person has confirmed it."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    recording.record_decision(
        case.pk, step, acting, paper=given.paper, document_day=given.document_day, passed=given.passed,
        vote=_vote(given.vote), words=given.words, expected=given.expected,
    )  # fmt: skip
    return moved(_again(case))


@router.post("/cases/{case_id}/steps/{step}/confirm-record", response=ANSWERS, summary="Confirm a recorded decision")
def confirm_record(request: HttpRequest, case_id: int, step: str, given: schemas.ActIn) -> schemas.Moved:
    """Confirm as the second person; the route moves."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    return moved(recording.confirm_record(case.pk, step, acting, words=given.words, expected=given.expected))


@router.post("/cases/{case_id}/steps/{step}/refuse-record", response=ANSWERS, summary="Refuse a recorded decision")
def refuse_record(request: HttpRequest, case_id: int, step: str, given: schemas.ActIn) -> schemas.Moved:
    """Refuse what was entered; nothing moves."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    recording.refuse_record(case.pk, step, acting, words=given.words, expected=given.expected)
    return moved(_again(case))


@router.post("/cases/{case_id}/steps/{step}/skip", response=ANSWERS, summary="Leave out an optional step")
def skip(request: HttpRequest, case_id: int, step: str, given: schemas.ActIn) -> schemas.Moved:
    """Leave a step out, with a reason."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    return moved(stepping.skip(case.pk, step, acting, words=given.words, expected=given.expected))


@router.post("/cases/{case_id}/steps/{step}/lapse", response=ANSWERS, summary="No answer in time: no objection")
def lapse(request: HttpRequest, case_id: int, step: str, given: schemas.ActIn) -> schemas.Moved:
    """Take silence as no objection, where the pack says so."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    return moved(stepping.lapse(case.pk, step, acting, words=given.words, expected=given.expected))


@router.post("/cases/{case_id}/steps/{step}/request-correction", response=ANSWERS, summary="Ask for correction (补正)")
def request_correction(request: HttpRequest, case_id: int, step: str, given: schemas.ActIn) -> schemas.Moved:
    """Ask for corrected papers; the clock stands."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    return moved(returning.request_correction(case.pk, step, acting, words=given.words, expected=given.expected))


@router.post("/cases/{case_id}/steps/{step}/supply-correction", response=ANSWERS, summary="Supply the correction")
def supply_correction(request: HttpRequest, case_id: int, step: str, given: schemas.ActIn) -> schemas.Moved:
    """Hand in what was asked for; the clock goes on."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    return moved(returning.supply_correction(case.pk, step, acting, words=given.words, expected=given.expected))


@router.post("/cases/{case_id}/steps/{step}/return", response=ANSWERS, summary="Return to an earlier step")
def return_(request: HttpRequest, case_id: int, step: str, given: schemas.ReturnIn) -> schemas.Moved:
    """Send a case back."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    return moved(returning.return_(case.pk, step, acting, to=given.to, words=given.words, expected=given.expected))


@router.post("/cases/{case_id}/steps/{step}/delegate", response=ANSWERS, summary="Give a step to another body")
def delegate(request: HttpRequest, case_id: int, step: str, given: schemas.DelegateIn) -> schemas.Moved:
    """Let another body act, by a paper."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    body = Body.objects.filter(pk=given.to, active=True).first()
    if body is None:
        raise Http404("no such body")
    done = entrusting.delegate(
        case.pk, step, acting, to=body, paper=given.paper, words=given.words, expected=given.expected
    )
    return moved(done)


@router.post("/cases/{case_id}/steps/{step}/hand-over", response=ANSWERS, summary="Hand a task to a colleague")
def hand_over(request: HttpRequest, case_id: int, step: str, given: schemas.HandOverIn) -> schemas.Moved:
    """Let a colleague of the same body hold a task."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    person = Person.objects.filter(pk=given.to, is_active=True).first()
    if person is None:
        raise Http404("no such person")
    entrusting.hand_over(case.pk, step, acting, to=person, words=given.words, expected=given.expected)
    return moved(_again(case))


@router.post("/cases/{case_id}/withdraw", response=ANSWERS, summary="Withdraw a case")
def withdraw(request: HttpRequest, case_id: int, given: schemas.ActIn) -> schemas.Moved:
    """Withdraw, with a reason."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    return moved(returning.withdraw(case.pk, acting, words=given.words, expected=given.expected))


@router.post("/cases/{case_id}/resubmit", response=ANSWERS, summary="Resubmit a case")
def resubmit(request: HttpRequest, case_id: int, given: schemas.ActIn) -> schemas.Moved:
    """Begin another round."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    return moved(returning.resubmit(case.pk, acting, words=given.words, expected=given.expected))


@router.post("/cases/{case_id}/facts", response=ANSWERS, summary="State facts")
def state_facts(request: HttpRequest, case_id: int, given: schemas.FactsIn) -> schemas.Moved:
    """State what became known; acts of recognition can't be stated."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    return moved(informing.state_facts(case.pk, given.facts, acting, words=given.words, expected=given.expected))


@router.post("/cases/{case_id}/preconditions/{name}", response=ANSWERS, summary="Confirm a precondition")
def meet_precondition(request: HttpRequest, case_id: int, name: str, given: schemas.PreconditionIn) -> schemas.Moved:
    """Confirm it by another case in sight, or by a paper."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    other = case_or_404(acting, given.by) if given.by is not None else None
    done = informing.meet_precondition(
        case.pk, name, acting, by=other, paper=given.paper, words=given.words, expected=given.expected
    )
    return moved(done)


@router.post("/cases/{case_id}/recognise", response=ANSWERS, summary="Record an act of recognition (认定)")
def recognise(request: HttpRequest, case_id: int, given: schemas.RecogniseIn) -> schemas.Moved:
    """Record that the office recognised a case as major, city-level or cross-area; it may change its route."""
    acting = acting_of_call(request)
    done = recognising.recognise(
        case_or_404(acting, case_id).pk, given.fact, acting, paper=given.paper, words=given.words, day=given.day,
        expected=given.expected,
    )  # fmt: skip
    return moved(done)


@router.post("/cases/{case_id}/back-entry", response=ANSWERS, summary="Enter what already happened (补录)")
def back_enter(request: HttpRequest, case_id: int, given: schemas.BackEnterIn) -> schemas.Moved:
    """Enter a past, all of it or nothing."""
    acting = acting_of_call(request)
    past = [back_entry.PastStep(item.step, item.day, item.paper, item.passed, _vote(item.vote)) for item in given.past]
    case = case_or_404(acting, case_id)
    return moved(back_entry.back_enter(case.pk, past, acting, words=given.words, expected=given.expected))


@router.post("/cases/{case_id}/comments", response=ANSWERS, summary="Comment")
def comment(request: HttpRequest, case_id: int, given: schemas.CommentIn) -> schemas.Moved:
    """Leave a remark."""
    acting = acting_of_call(request)
    case = case_or_404(acting, case_id)
    remarking.comment(case.pk, acting, words=given.words, step=given.step)
    return moved(_again(case))


def _vote(given: schemas.VoteIn | None) -> Vote | None:
    return Vote(given.yes, given.present, given.seats, given.recused) if given else None


def _again(case: Case) -> CaseStanding:
    case.refresh_from_db()
    return standing_of(case)


def moved(standing: CaseStanding) -> schemas.Moved:
    """Return where a case stands after an act."""
    waiting = [name for name, step in standing.state.steps.items() if step.status is StepStatus.READY]
    case = standing.case
    return schemas.Moved(case=case.pk, status=standing.state.status.value, version=case.version, waiting=waiting)
