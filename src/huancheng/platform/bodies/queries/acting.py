"""Which posts a person may act from, and which one they chose."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import HttpRequest

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Delegation, Post
from huancheng.platform.bodies.queries.roles import needs_second_factor
from huancheng.platform.common import clock

CHOSEN = "acting_post"
"""Key in the session: the post chosen."""
ELEVATED_UNTIL = "elevated_until"
"""Key in the session: until when, in seconds of the epoch, an administrator's timed session is open."""
ELEVATION = "elevation"
"""Key in the session: id of the timed session that is open."""


def valid_on(day: date, path: str = "") -> Q:
    """Return the condition that dates from and until hold on a day; open ends hold always."""
    begun = Q(**{f"{path}valid_from__isnull": True}) | Q(**{f"{path}valid_from__lte": day})
    return begun & (Q(**{f"{path}valid_until__isnull": True}) | Q(**{f"{path}valid_until__gte": day}))


def choices_for(person: int, *, request: str = "", elevated: bool = False, verified: bool = False) -> list[Acting]:
    """Return every way a person may act today: from their own posts first, then from delegated ones.

    Parameters
    ----------
    person
        Id of the person.
    request
        Number of the request.
    elevated
        Whether a timed session is open.
    verified
        Whether they gave a second factor; without it, posts whose role asks one are no choice.
    """
    day = clock.today()
    own = Post.objects.filter(valid_on(day), person=person, body__active=True).select_related("body")
    lent = (
        Delegation.objects.filter(valid_on(day), valid_on(day, "post__"), to=person, revoked_at__isnull=True)
        .filter(post__body__active=True, post__person__is_active=True)
        .select_related("post__body")
        .order_by("post_id")
    )
    posts: dict[int, tuple[Post, int | None]] = {post.pk: (post, None) for post in own}
    for item in lent:
        posts.setdefault(item.post_id, (item.post, item.post.person_id))
    return [
        Acting(
            person,
            post.body_id,
            post.role,
            post.body.name,
            giver,
            post.pk,
            request,
            elevated,
            post.body.reference,
            post.body.stands_outside,
        )
        for post, giver in posts.values()
        if verified or not needs_second_factor(post.role)
    ]


def is_verified(person: object) -> bool:
    """Whether the person of a session gave a second factor in it; not so right after the password."""
    verified = getattr(person, "is_verified", None)
    return verified is not None and bool(verified())


def choices_of(request: HttpRequest, number: str) -> list[Acting]:
    """Return every way the person of a session may act now; a visitor in none."""
    if request.user.pk is None:
        return []
    elevated = request.session.get(ELEVATED_UNTIL, 0) > clock.now().timestamp()
    return choices_for(request.user.pk, request=number, elevated=elevated, verified=is_verified(request.user))


def chosen_of(request: HttpRequest, choices: list[Acting], number: str) -> Acting:
    """Return how a signed-in person acts: from the post chosen in the session, else the first."""
    chosen = request.session.get(CHOSEN)
    first = choices[0] if choices else Acting(request.user.pk, request=number)
    return next((item for item in choices if item.post == chosen), first)
