"""The list of people, and one person."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Body, Delegation, Person, Post
from huancheng.platform.bodies.queries.happenings import happenings_of
from huancheng.platform.bodies.queries.people import people_in_sight, people_list
from huancheng.platform.bodies.queries.roles import post_rules, role_title
from huancheng.platform.bodies.queries.second_factor import has_second_factor
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.bodies.rules import managed_bodies, may_manage_account
from huancheng.platform.bodies.views.guards import managing
from huancheng.platform.common import clock

ON_A_PAGE = 50


@managing
@require_GET
def people(request: ActingRequest) -> HttpResponse:
    """List the people in one's reach."""
    asked = {name: request.GET.get(name, "").strip() for name in ("words", "role", "body", "state")}
    body = int(asked["body"]) if asked["body"].isdecimal() else None
    found = people_list(request.acting, words=asked["words"], role=asked["role"], body=body, state=asked["state"])
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "asked": asked,
        "roles": [(role.id, role_title(role.id)) for role in post_rules().roles],
        "bodies": Body.objects.filter(pk__in=managed_bodies(request.acting), active=True),
    }  # fmt: skip
    return render(request, "bodies/people.html", context)


@managing
@require_GET
def person(request: ActingRequest, person: int) -> HttpResponse:
    """Show a person with posts, delegations and what was changed about them."""
    found: Person = get_object_or_404(people_in_sight(request.acting), pk=person)
    managed = managed_bodies(request.acting)
    own = may_manage_account(request.acting, found)
    posts = Post.objects.filter(person=found).select_related("body")
    lent = Delegation.objects.filter(post__person=found).select_related("to", "post__body")
    context = {
        "person": found, "account": own, "managed": managed, "today": clock.today(),
        "posts": posts if own else posts.filter(body_id__in=managed),
        "delegations": lent if own else lent.filter(post__body_id__in=managed),
        "enrolled": has_second_factor(found),
        "happenings": happenings_of(Event.objects.filter(stream=f"person:{found.pk}")) if own else [],
    }  # fmt: skip
    return render(request, "bodies/person.html", context)
