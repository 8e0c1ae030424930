"""Whether a person has a second factor, and whether a post of theirs asks one."""

from __future__ import annotations

from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from huancheng.platform.bodies.models import Delegation, Person, Post
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.bodies.queries.roles import needs_second_factor
from huancheng.platform.common import clock


def has_second_factor(person: Person) -> bool:
    """Whether a person finished enrolling a device."""
    return bool(TOTPDevice.objects.filter(user=person, confirmed=True).exists())


def lacks_second_factor(person: Person) -> bool:
    """Whether a post of a person, own or lent, can't be exercised for want of a device."""
    day = clock.today()
    own = Post.objects.filter(valid_on(day), person=person).values_list("role", flat=True)
    lent = Delegation.objects.filter(valid_on(day), to=person, revoked_at__isnull=True)
    roles = {*own, *lent.values_list("post__role", flat=True)}
    return any(needs_second_factor(role) for role in roles) and not has_second_factor(person)


def codes_left(person: Person) -> int:
    """Return how many recovery codes a person has not used."""
    return int(StaticToken.objects.filter(device__user=person, device__confirmed=True).count())
