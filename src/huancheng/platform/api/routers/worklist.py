"""What waits for the caller."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Query, Router

from huancheng.platform.api.caller import acting_of_call
from huancheng.platform.api.schemas import TaskOut, TaskPage
from huancheng.platform.casework.queries.waiting import tasks_to_do

router = Router(tags=["worklist"])

LONGEST_PAGE = 500


@router.get("/worklist", response=TaskPage, summary="Steps that wait for you, by deadline")
def worklist(
    request: HttpRequest,
    offset: int = Query(0, ge=0),  # type: ignore[type-arg]
    limit: int = Query(100, ge=1, le=LONGEST_PAGE),  # type: ignore[type-arg]
) -> TaskPage:
    """Return a stretch of the list."""
    found = (
        tasks_to_do(acting_of_call(request), whole_body=True).select_related("case", "body").order_by("due_on", "id")
    )
    items = [
        TaskOut(
            case=task.case_id, number=task.case.number, title=task.case.title, step=task.step, kind=task.kind,
            body=task.body.name, status=task.status, ready_on=task.ready_on, due_on=task.due_on,
            provisional=task.provisional,
        )
        for task in found[offset : offset + limit]
    ]  # fmt: skip
    return TaskPage(total=found.count(), items=items)
