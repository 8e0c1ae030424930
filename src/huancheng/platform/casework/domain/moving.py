"""The one place where a case changes: lock, check, apply the event, log it, repeat it in the register."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.casework.domain.encoding import encode
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.projecting import project
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.rules import may
from huancheng.platform.casework.signals import case_moved
from huancheng.policy.routes.events import Event


def lock(case: int, expected: int | None = None) -> CaseStanding:
    """Lock a case for a change and return where it stands.

    Parameters
    ----------
    case
        Its id.
    expected
        Version the person saw; None where no page was involved.

    Raises
    ------
    Overtaken
        If it changed since.
    """
    row = Case.objects.select_for_update(of=("self",)).select_related("subject", "opened_by").get(pk=case)
    if expected is not None and row.version != expected:
        raise Overtaken(
            "这件案卷刚刚被他人办理过，您看到的不是最新状态", cure="请刷新页面，核对后再办；您填写的内容已保留"
        )
    return standing_of(row)


def demand(acting: Acting, act: str, standing: CaseStanding, step: str = "") -> None:
    """Refuse an act a person may not do.

    Raises
    ------
    NotAllowed
        If they may not.
    """
    if not may(acting, act, standing, step):
        rule = standing.posts.act(act)
        raise NotAllowed(f"您不能在此案卷中“{rule.title}”", field=step, cure="请由有权的岗位办理，或在右上角切换身份")


def move(
    case: int, act: str, acting: Acting, event: Event, *, expected: int | None = None, words: str = "", **data: Any
) -> CaseStanding:
    """Do an act that moves a case along its route.

    Parameters
    ----------
    case
        Its id.
    act
        Id of the act, which the person must be allowed to do.
    acting
        Who does it.
    event
        What happens to the route.
    expected
        Version the person saw.
    words
        Opinion or reason.
    data
        More plain data for the log.

    Returns
    -------
    CaseStanding
        Where the case stands now.

    Raises
    ------
    NotAllowed, Overtaken, RouteFault
        If the person, the moment or the route forbids it; then nothing is changed.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, act, standing, event.step)
        return apply(standing, act, acting, event, words=words, **data)


def apply(
    standing: CaseStanding, act: str, acting: Acting, event: Event, *, words: str = "", **data: Any
) -> CaseStanding:
    """Apply an event to a case that is locked and whose act was allowed; only domain functions call this."""
    before = standing.state
    after = standing.interpreter.apply(before, event)
    moved = CaseStanding(standing.case, standing.interpreter, after, standing.bodies)
    record(
        moved,
        act,
        acting,
        words=words,
        day=event.day,
        event=encode(event),
        status=[before.status.value, after.status.value],
        **data,
    )
    project(moved)
    transaction.on_commit(lambda: case_moved.send(Case, case=moved.case.pk, act=act, step=event.step))
    return moved


def record(standing: CaseStanding, act: str, acting: Acting, *, words: str = "", day: Any = None, **data: Any) -> None:
    """Write an entry about a locked case into the log and count it in the case's version."""
    append(standing.case.stream, f"case.{act}", acting, data, day=day, words=words)
    standing.case.version += 1
    standing.case.save(update_fields=["version", "updated_at"])
