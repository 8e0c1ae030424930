"""The one place where a case changes: lock, check, apply the event, log it, repeat it in the register."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.audit.domain.append import append
from huancheng.platform.audit.models import Event as LogEntry
from huancheng.platform.casework.domain.editions import hand_in
from huancheng.platform.casework.domain.encoding import encode
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.projecting import project
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.domain.trying import try_event
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
            gettext("这件案卷刚刚被他人办理过，您看到的不是最新状态"),
            cure=gettext("请核对最新情况后再办；您填写的内容已保留"),
        )
    return standing_of(row)


def demand(
    acting: Acting,
    act: str,
    standing: CaseStanding,
    step: str = "",
    *,
    paper: str | None = None,
    words: str | None = None,
) -> None:
    """Refuse an act a person may not do, or one that lacks the paper or reason the pack asks for.

    Parameters
    ----------
    acting, act, standing, step
        As for `rules.may`.
    paper, words
        Number of the paper and reason given; None where the caller has no place for them.

    Raises
    ------
    NotAllowed
        If they may not.
    InputFault
        If the paper or the reason is missing.
    """
    rule = standing.posts.act(act)
    if not may(acting, act, standing, step):
        raise NotAllowed(
            gettext("您不能在此案卷中“%s”") % rule.title,
            field=step,
            cure=gettext("请由有权的岗位办理，或在右上角切换身份"),
        )
    if rule.paper and paper is not None and not paper.strip():
        raise InputFault(gettext("“%s”须有文号") % rule.title, field="paper", cure=gettext("请填写文件的文号"))
    if rule.reason and words is not None and not words.strip():
        raise InputFault(gettext("“%s”须写明理由") % rule.title, field="words", cure=gettext("请填写理由"))


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
        demand(acting, act, standing, event.step, paper=event.paper, words=words)
        return apply(standing, act, acting, event, words=words, **data)


def apply(
    standing: CaseStanding, act: str, acting: Acting, event: Event, *, words: str = "", **data: Any
) -> CaseStanding:
    """Apply an event to a case that is locked and whose act was allowed; only domain functions call this.

    Raises
    ------
    NotAllowedByRoute
        If the route does not allow it now.
    InputFault
        If the day lies in the future.
    """
    before = standing.state
    after = try_event(standing, event)
    data |= hand_in(standing, event)
    moved = CaseStanding(standing.case, standing.interpreter, after, standing.bodies)
    record(
        moved,
        act,
        acting,
        words=words,
        day=event.day,
        event=encode(event),
        status=[before.status.value, after.status.value],
        round=before.round,
        **data,
    )
    project(moved)
    announce(moved, act, event.step)
    return moved


def announce(standing: CaseStanding, act: str, step: str = "") -> None:
    """Tell the apps above of an act once it is committed; one that fails to listen does not make the act fail."""
    transaction.on_commit(lambda: case_moved.send_robust(Case, case=standing.case.pk, act=act, step=step))


def record(
    standing: CaseStanding,
    act: str,
    acting: Acting,
    *,
    words: str = "",
    day: date | None = None,
    counts: bool = True,
    **data: Any,
) -> LogEntry:
    """Write an entry about a locked case into the log.

    Parameters
    ----------
    standing, act, acting, words, day
        What happened, and where.
    counts
        Whether somebody who filled in a form before it must look again; a remark alone makes no form old.
    data
        Plain data for the entry.
    """
    entry = append(standing.case.stream, f"case.{act}", acting, data, day=day, words=words)
    standing.case.version += counts
    standing.case.save(update_fields=["version", "updated_at"])
    return entry
