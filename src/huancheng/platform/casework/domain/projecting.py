"""What the register repeats of a case's state: its columns, its tasks, and who may see it."""

from __future__ import annotations

from typing import Any

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.domain.sight import show_to
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import DecisionRecord, Task
from huancheng.policy.routes.state import StepStatus

WAITS = {StepStatus.READY: Task.Status.READY, StepStatus.STOPPED: Task.Status.STOPPED}


def project(standing: CaseStanding) -> None:
    """Bring a case's columns, tasks and sights into step with its state; saves them."""
    take_columns(standing)
    standing.case.save()
    _project_tasks(standing)
    _project_records(standing)
    show_to(standing.case, bodies_seeing(standing))


def take_columns(standing: CaseStanding) -> None:
    """Set the columns of a case to what its state says; saves nothing."""
    case, state = standing.case, standing.state
    case.route, case.status, case.round = state.route, state.status.value, state.round
    case.approved = standing.interpreter.approved(state)
    case.cleared = standing.interpreter.cleared(state)
    case.back_entered = any(step.back_entered for step in state.steps.values())


def waiting_tasks(standing: CaseStanding) -> dict[str, dict[str, Any]]:
    """Return what waits for whom as a case stands: the columns of its tasks, by step."""
    tasks: dict[str, dict[str, Any]] = {}
    is_open = standing.state.status.value == "open"
    for planned in standing.plan.steps:
        current = standing.step(planned.step.id)
        body = standing.body_of(planned)
        if not is_open or current.status not in WAITS or body is None or current.ready_on is None:
            continue
        due = standing.interpreter.due(standing.state, planned.step.id)
        author, author_through = standing.authors_of(planned)
        tasks[planned.step.id] = {
            "kind": planned.step.kind.value,
            "body": body,
            "through": standing.through_of(planned),
            "sender": standing.sender_of(planned),
            "author": author,
            "author_through": author_through,
            "status": WAITS[current.status],
            "ready_on": current.ready_on,
            "due_on": due.day if due else None,
            "provisional": bool(due and due.provisional),
        }
    return tasks


def _project_tasks(standing: CaseStanding) -> None:
    waiting = waiting_tasks(standing)
    for step, fresh in waiting.items():
        Task.objects.update_or_create(case=standing.case, step=step, defaults=fresh)
    standing.case.tasks.exclude(step__in=waiting).delete()


def _project_records(standing: CaseStanding) -> None:
    """Lay decisions aside that wait for a second look in a step which has ended or begun anew."""
    waiting = standing.case.decision_records.filter(status=DecisionRecord.Status.PENDING)
    waiting.exclude(step__in=standing.case.tasks.values("step")).update(status=DecisionRecord.Status.OVERTAKEN)


def bodies_seeing(standing: CaseStanding) -> list[Body | None]:
    """Return every body that has begun to take part in a case, and the jurisdiction's own government."""
    bodies: list[Body | None] = [standing.case.opened_by]
    for planned in standing.plan.steps:
        if standing.step(planned.step.id).status is not StepStatus.WAITING:
            bodies += [standing.body_of(planned), standing.sender_of(planned), standing.through_of(planned)]
    home = (
        standing.book.body("local_government", standing.plan.jurisdiction)
        if "local_government" in standing.book.roles and standing.plan.instrument.scope != "city"
        else None
    )
    if home is not None:
        bodies.append(standing.body(home.name))
    return bodies
