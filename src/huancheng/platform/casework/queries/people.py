"""Whom a task or a body means: people by their posts of today."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Post
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.casework.domain.law import current_book
from huancheng.platform.casework.models import Task
from huancheng.platform.common import clock
from huancheng.policy.routes.model import StepKind


def posts_today() -> QuerySet[Post]:
    """Return the posts held today by people who may sign in, in bodies that are active."""
    return Post.objects.filter(valid_on(clock.today()), person__is_active=True, body__active=True)


def people_of(body: int | None, roles: Collection[str]) -> set[int]:
    """Return the people with one of the roles in a body."""
    if body is None:
        return set()
    return set(posts_today().filter(body=body, role__in=roles).order_by().values_list("person", flat=True))


def people_of_tasks(tasks: Iterable[Task]) -> dict[int, set[int]]:
    """Return, per task, who can do it: its holder; else who carries the kind of step out; else who records for it.

    One query for all tasks.
    """
    waiting = list(tasks)
    bodies = {task.body_id for task in waiting} | {task.through_id for task in waiting if task.through_id}
    posts = posts_today().filter(body__in=bodies).order_by().values_list("body", "role", "person")
    held: dict[tuple[int, str], set[int]] = {}
    for body, role, person in posts:
        held.setdefault((body, role), set()).add(person)
    rules = current_book().posts
    recording = rules.act("record").roles
    found = {}
    for task in waiting:
        carrying = rules.steps[StepKind(task.kind)]
        own = {person for role in carrying for person in held.get((task.body_id, role), ())}
        clerks = {person for role in recording for person in held.get((task.through_id or 0, role), ())}
        found[task.pk] = {task.holder_id} if task.holder_id else own or clerks
    return found


def colleagues_of(acting: Acting) -> list[tuple[int, str]]:
    """Return the people of one's body to whom work may be handed, by name: number and name with their roles' names."""
    roles = current_book().posts.act("hand_over").roles
    posts = posts_today().filter(body=acting.body, role__in=roles).exclude(person=acting.person)
    titles = {role.id: role.title for role in current_book().posts.roles}
    named: dict[tuple[int, str], list[str]] = {}
    for person, name, role in posts.order_by("person__name", "pk").values_list("person", "person__name", "role"):
        named.setdefault((person, name), []).append(titles[role])
    return [(person, f"{name}（{'、'.join(roles_held)}）") for (person, name), roles_held in named.items()]


def office_people() -> set[int]:
    """Return the officers of the office that keeps the whole chain."""
    rules = current_book().posts
    found = posts_today().filter(body__reference=rules.office, role__in=rules.act("chase").roles)
    return set(found.order_by().values_list("person", flat=True))
