"""Giving work to another: to a body by written delegation, or to a colleague."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from huancheng.evidence import InputFault
from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body, Person, Post
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.casework.domain.moving import announce, apply, demand, lock, record
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.models import Task
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind


def delegate(
    case: int, step: str, acting: Acting, *, to: Body, paper: str, words: str, expected: int | None = None
) -> CaseStanding:
    """Let another body act in a step, by a written delegation (委托办理).

    Parameters
    ----------
    case, step, acting, words, expected
        As for the other acts; `words` is the reason.
    to
        The body that shall act.
    paper
        Number of the delegation.

    Raises
    ------
    NotAllowed, Overtaken, NotAllowedByRoute, InputFault
        If the person, the moment or the route forbids it, or the body can't act.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, "delegate", standing, step, paper=paper, words=words)
        before = standing.body_of(standing.plan.step(step))
        if not to.active or to.kind not in (Body.Kind.ORGAN, Body.Kind.COMMITTEE) or to == before:
            raise InputFault(gettext("不能委托给%s") % to.name, field="to", cure=gettext("请选择其他机关"))
        event = Event(EventKind.DELEGATED, clock.today(), step=step, to=to.name, paper=paper)
        return apply(standing, "delegate", acting, event, words=words, bodies=[before.name if before else "", to.name])


def hand_over(
    case: int, step: str, acting: Acting, *, to: Person, words: str = "", expected: int | None = None
) -> Task:
    """Hand a step that waits to a colleague who may carry it out (转交); others of the body still may.

    Raises
    ------
    NotAllowed, Overtaken, InputFault
        If the person or the moment forbids it, or the colleague may not carry it out.
    """
    with transaction.atomic():
        standing = lock(case, expected)
        demand(acting, "hand_over", standing, step)
        task = standing.case.tasks.get(step=step)
        if not colleagues(standing, task).filter(pk=to.pk).exists():
            raise InputFault(gettext("这位同事没有办理此环节的岗位"), field="to", cure=gettext("请从列出的同事中选择"))
        before, task.holder = task.holder_id, to
        task.save(update_fields=["holder"])
        record(standing, "hand_over", acting, words=words, step=step, holder=[before, to.pk])
        announce(standing, "hand_over", step)
    return task


def colleagues(standing: CaseStanding, task: Task) -> QuerySet[Person]:
    """Return the people who may carry out a waiting step: with a fitting post in its body, or recording for it."""
    kind = standing.plan.step(task.step).step.kind
    own = Q(body=task.body_id, role__in=standing.posts.steps[kind])
    recording = Q(body__in=[task.body_id, task.through_id], role__in=standing.posts.act("record").roles)
    posts = Post.objects.filter(own | recording, valid_on(clock.today()))
    return Person.objects.filter(pk__in=posts.values("person"), is_active=True)
