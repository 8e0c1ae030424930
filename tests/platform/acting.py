"""People in posts and cases under way, for scripts that run in a process of their own."""

from __future__ import annotations

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body, Person, Post
from huancheng.platform.casework.domain.moving import move
from huancheng.platform.casework.domain.opening import open_case
from huancheng.platform.casework.models import Case, Subject
from huancheng.platform.common import clock
from huancheng.policy.routes.events import Event, EventKind


def put(body_name: str, role: str, number: int = 1) -> Acting:
    """Put a person into a post and return how they act."""
    body = Body.objects.get(name=body_name)
    username = f"{role}-{body.pk}-{number}"
    person, _ = Person.objects.get_or_create(username=username, defaults={"name": f"{body_name}{role}{number}"})
    post, _ = Post.objects.get_or_create(person=person, body=body, role=role)
    return Acting(
        person.pk, body.pk, role, body.name, post=post.pk, reference=body.reference, outside=body.stands_outside
    )


def unit_case(key: str = "U1") -> Case:
    """Open a county's unit plan whose special plan is approved."""
    subject = Subject.objects.create(kind="unit", key=key, title=f"{key}号单元", jurisdiction="linhe")
    standing = open_case("unit_plan", subject, put("临河县指定的编制部门", "compiler"))
    event = Event(EventKind.PRECONDITION_MET, clock.today(), to="special-plan", paper="示政字〔2026〕1号")
    return move(standing.case.pk, "meet_precondition", put("市专班办公室", "officer"), event).case
