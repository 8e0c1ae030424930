"""The people of 示例市: one for each post that its routes ask for. None of them is a real person."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.hashers import make_password

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.models import Body, Person, Post
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.casework.domain.standing import CaseStanding
from huancheng.platform.common import clock
from huancheng.policy.book import PolicyBook
from huancheng.policy.routes.plan import PlannedStep

PASSWORD = "huancheng-demo"  # noqa: S105 - said openly: it opens a demonstration on this machine only
"""One password for all, shown on the page of log-ins; the demonstration is never served to another machine."""

STEMS = "甲乙丙丁戊己庚辛壬"
"""People are told apart as officials in a textbook are."""

EXPERTS = 9
ENTITIES = ("示例城市更新建设有限公司", "望岳老旧小区改造有限公司", "平野园区更新开发有限公司")
"""Fictional companies."""

OFFICE_ROLES = ("officer", "officer", "clerk", "clerk", "filing_clerk", "auditor", "reviewer", "compiler", "approver")


@dataclass
class Cast:
    """Who is there to act.

    Parameters
    ----------
    book
        The law, which says what posts are needed.
    posts
        Posts by body and role, in the order they were made.
    """

    book: PolicyBook
    posts: dict[tuple[int, str], list[Acting]] = field(default_factory=dict)

    def of(self, body: Body | None, roles: Iterable[str], number: int = 0) -> Acting | None:
        """Return somebody of a body with one of the roles; the second, third … where a number is given."""
        if body is None:
            return None
        found = [acting for role in roles for acting in self.posts.get((body.pk, role), [])]
        return found[number] if number < len(found) else None

    def holder(self, standing: CaseStanding, planned: PlannedStep) -> Acting | None:
        """Return who carries out a step in its body; None where the body has nobody of its own."""
        return self.of(standing.body_of(planned), self.book.posts.steps[planned.step.kind])

    def clerks(self, standing: CaseStanding, planned: PlannedStep) -> tuple[Acting, Acting] | None:
        """Return two who may enter and confirm what a step's body decided on paper."""
        rule = self.book.posts.act("record").roles
        for body in (standing.body_of(planned), standing.through_of(planned)):
            first, second = self.of(body, rule), self.of(body, rule, 1)
            if first and second and first.person != second.person:
                return first, second
        return None

    def named(self, body_name: str, role: str) -> Acting:
        """Return the first holder of a post by the body's name."""
        return self.posts[Body.objects.get(name=body_name).pk, role][0]


def make_cast(book: PolicyBook) -> Cast:
    """Make a person for every post the routes of the pack ask for, two clerks wherever decisions are recorded."""
    bodies = {body.name: body for body in Body.objects.all()}
    wanted = _wanted(book, bodies)
    office = bodies[book.bodies[book.posts.office].title]
    wanted += [(office, role) for role in OFFICE_ROLES] + [(office, "administrator")]
    committee = bodies.get(book.bodies["expert_committee"].title) if "expert_committee" in book.bodies else None
    wanted += [(committee, "expert")] * EXPERTS if committee else []
    for name in ENTITIES:
        entity, _ = Body.objects.get_or_create(
            name=name, defaults={"kind": Body.Kind.ENTITY, "level": "project", "reference": "implementing_entity"}
        )
        wanted += [(entity, "entity_staff")] * 2
    return Cast(book, _appoint(book, wanted))


def _wanted(book: PolicyBook, bodies: dict[str, Body]) -> list[tuple[Body, str]]:
    """Return the posts in a fixed order: who carries out each step, and two clerks for those who decide on paper."""
    found: dict[tuple[int, str], tuple[Body, str]] = {}
    recording: dict[int, Body] = {}
    for jurisdiction in book.jurisdictions:
        for route in book.routes:
            for step in route.steps:
                resolved = book.body(step.body, jurisdiction)
                body = bodies.get(resolved.name) if resolved else None
                if body is None:
                    continue
                if body.kind == Body.Kind.ORGAN:
                    role = next(iter(book.posts.steps[step.kind]))
                    found[body.pk, role] = (body, role)
                    if role != "compiler":
                        found[body.pk, "compiler"] = (body, "compiler")
                recorder = body.acts_through or (body if body.kind == Body.Kind.ORGAN else None)
                if recorder is not None:
                    recording[recorder.pk] = recorder
    return [*found.values(), *((body, "clerk") for body in recording.values() for _ in range(2))]


def _appoint(book: PolicyBook, wanted: list[tuple[Body, str]]) -> dict[tuple[int, str], list[Acting]]:
    password = make_password(PASSWORD)
    seen: dict[tuple[int, str], int] = {}
    posts: dict[tuple[int, str], list[Acting]] = {}
    for body, role in wanted:
        number = seen[body.pk, role] = seen.get((body.pk, role), 0) + 1
        title = rule.title if (rule := book.posts.role(role)) else role
        place = body.jurisdiction or "city"
        username = f"{place}.{body.reference or body.pk}.{role}.{number}".replace("_", "-")
        if body.kind == Body.Kind.ENTITY:
            username = f"entity-{body.pk}.{role}.{number}".replace("_", "-")
        person, made = Person.objects.get_or_create(
            username=username,
            defaults={"name": f"{title}{STEMS[(number - 1) % len(STEMS)]}", "password": password},
        )
        post, _ = Post.objects.get_or_create(person=person, body=body, role=role, defaults={"title": title})
        acting = Acting(
            person.pk, body.pk, role, body.name, post=post.pk, reference=body.reference, outside=body.stands_outside
        )
        posts.setdefault((body.pk, role), []).append(acting)
        if made and not settings.DEMO:
            raise RuntimeError("people of the demonstration are made only in demo mode")
    return posts


def log_ins_by_place(jurisdiction: str) -> dict[Body, list[Post]]:
    """Return the posts of a place (empty for the city's own) by body, for the page of log-ins."""
    posts = Post.objects.filter(
        valid_on(clock.today()), person__is_active=True, body__active=True, body__jurisdiction=jurisdiction
    ).select_related("person", "body")
    found: dict[Body, list[Post]] = {}
    for post in posts.order_by("body_id", "id"):
        found.setdefault(post.body, []).append(post)
    return found
