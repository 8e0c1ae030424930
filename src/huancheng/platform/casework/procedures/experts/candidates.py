"""The pool as the draw sees it, and the bodies that take part in a case."""

from __future__ import annotations

from django.db.models import Prefetch

from huancheng.platform.bodies.models import Post
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.casework.procedures.experts.draw import Candidate
from huancheng.platform.casework.procedures.experts.models import Conflict, Expert
from huancheng.platform.common import clock
from huancheng.policy.routes.plan import PlannedStep


def candidates() -> list[Candidate]:
    """Return every active expert with the conflicts and posts of today."""
    day = clock.today()
    current = Prefetch("conflicts", Conflict.objects.filter(valid_on(day)), to_attr="held")
    posts = Prefetch("person__posts", Post.objects.filter(valid_on(day)), to_attr="current_posts")
    pool = Expert.objects.filter(active=True, person__is_active=True).select_related("person")
    return [_candidate(expert) for expert in pool.prefetch_related(current, posts)]


def parties_of(standing: CaseStanding, panel_step: PlannedStep) -> frozenset[int]:
    """Return the bodies an expert must be independent of.

    They are those that opened the case, compile or carry it out, send its papers, or are named for its subject. The
    bodies that judge it and the expert committee itself are no parties: an expert of the committee holds a post there.
    """
    parties = {standing.case.opened_by_id, *standing.case.subject.bindings.values()}
    for planned in standing.plan.steps:
        if planned.step.id != panel_step.step.id and not planned.step.kind.judges:
            parties |= {body.pk for body in (standing.body_of(planned), standing.sender_of(planned)) if body}
    committee = standing.body_of(panel_step)
    own = {committee.pk, committee.acts_through_id} if committee else set()
    return frozenset(parties - own)


def _candidate(expert: Expert) -> Candidate:
    held: list[Conflict] = expert.held  # type: ignore[attr-defined]
    posts: list[Post] = expert.person.current_posts  # type: ignore[attr-defined]
    return Candidate(
        expert.pk,
        frozenset(expert.fields),
        expert.employer_id,
        frozenset(item.body_id for item in held if item.body_id),
        frozenset(item.subject_id for item in held if item.subject_id),
        frozenset(post.body_id for post in posts),
    )
