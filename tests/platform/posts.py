"""Putting people into posts."""

from __future__ import annotations

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body, Person, Post


def appoint(body_name: str, role: str, number: int = 1) -> Acting:
    """Put a person into a post (body's name, role), made where it is new; returns how they act."""
    body = Body.objects.get(name=body_name)
    username = f"{role}-{body.pk}-{number}"
    person, _ = Person.objects.get_or_create(username=username, defaults={"name": f"{body_name}{role}{number}"})
    post, _ = Post.objects.get_or_create(person=person, body=body, role=role)
    return Acting(
        person.pk, body.pk, role, body.name, post=post.pk, reference=body.reference, outside=body.stands_outside
    )
