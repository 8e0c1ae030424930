"""People as pages list them: only those in sight, with their posts, in a fixed number of queries."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body, Person, Post
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.bodies.rules import keeps_whole_tree, managed_bodies
from huancheng.platform.common import clock


def current_posts(day: date | None = None) -> Prefetch[str]:
    """Return what fetches people's posts of a day, as `current_posts`."""
    posts = Post.objects.filter(valid_on(day or clock.today())).select_related("body").order_by("id")
    return Prefetch("posts", posts, to_attr="current_posts")


def people_in_sight(acting: Acting) -> QuerySet[Person]:
    """Return the people somebody may manage in part or in whole: who hold or held a post in a body of theirs."""
    bodies = managed_bodies(acting)
    if not bodies:
        return Person.objects.none()
    if keeps_whole_tree(acting):
        return Person.objects.all()
    return Person.objects.filter(pk__in=Post.objects.filter(body_id__in=bodies).values("person_id"))


def people_list(
    acting: Acting, *, words: str = "", role: str = "", body: int | None = None, state: str = ""
) -> QuerySet[Person]:
    """Return the people in sight, narrowed.

    Parameters
    ----------
    acting
        Who asks.
    words
        Part of the user name or name.
    role
        Id of a role that they hold today.
    body
        Id of a body in which they hold a post today.
    state
        `active` or `inactive`; all where empty.
    """
    people = people_in_sight(acting).prefetch_related(current_posts())
    if words:
        people = people.filter(Q(username__icontains=words) | Q(name__icontains=words))
    if role or body:
        held = Post.objects.filter(valid_on(clock.today()))
        held = held.filter(role=role) if role else held
        held = held.filter(body_id=body) if body else held
        people = people.filter(pk__in=held.values("person_id"))
    if state in {"active", "inactive"}:
        people = people.filter(is_active=state == "active")
    return people.order_by("-is_active", "username")


def holders_of(body: Body) -> list[Post]:
    """Return who holds the posts of a body today."""
    posts = Post.objects.filter(valid_on(clock.today()), body=body, person__is_active=True)
    return list(posts.select_related("person").order_by("id"))


def colleagues(post: Post) -> QuerySet[Person]:
    """Return the people to whom a post may be lent: of its body, of the one above, of those below."""
    near = Q(body=post.body_id) | Q(body__parent=post.body_id)
    if post.body.parent_id:
        near |= Q(body=post.body.parent_id)
    held = Post.objects.filter(valid_on(clock.today())).filter(near, body__active=True)
    people = Person.objects.filter(is_active=True, pk__in=held.values("person_id")).exclude(pk=post.person_id)
    return people.prefetch_related(current_posts())
