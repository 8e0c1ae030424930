"""Which posts a person may act from, and which one they chose."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import HttpRequest

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Delegation, Post
from huancheng.platform.common import clock

CHOSEN = "acting_post"
"""Key in the session."""


def valid_on(day: date) -> Q:
    """Return the condition that dates from and until hold on a day; open ends hold always."""
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
    return begun & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def choices_for(person: int, *, request: str = "", elevated: bool = False) -> list[Acting]:
    """Return every way a person may act today: from their own posts first, then from delegated ones."""
    day = clock.today()
    own = Post.objects.filter(valid_on(day), person=person, body__active=True).select_related("body")
    lent = Delegation.objects.filter(
        valid_on(day), to=person, revoked_at__isnull=True, post__body__active=True
    ).select_related("post__body")
    lent_posts = [(item.post, item.post.person_id) for item in lent if _holds(item.post, day)]
    return [
        Acting(person, post.body_id, post.role, post.body.name, giver, post.pk, request, elevated)
        for post, giver in [*((post, None) for post in own), *lent_posts]
    ]


def acting_of(request: HttpRequest, number: str) -> Acting:
    """Return how a signed-in person acts: from the post chosen in the session, else the first."""
    person = request.user.pk
    choices = choices_for(person, request=number)
    chosen = request.session.get(CHOSEN)
    return next(
        (item for item in choices if item.post == chosen), choices[0] if choices else Acting(person, request=number)
    )


def _holds(post: Post, day: date) -> bool:
    begun = post.valid_from is None or post.valid_from <= day
    return begun and (post.valid_until is None or post.valid_until >= day)
