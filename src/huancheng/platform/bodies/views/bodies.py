"""The tree of bodies, and one body."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Body, ManagedArea, Membership, Post
from huancheng.platform.bodies.queries.acting import valid_on
from huancheng.platform.bodies.queries.happenings import happenings_of
from huancheng.platform.bodies.queries.people import holders_of
from huancheng.platform.bodies.queries.tree import branches, members_of
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.bodies.rules import (
    MANAGE,
    SEE,
    WATCH,
    carries,
    could_carry,
    managed_bodies,
    may_see_people_of,
)
from huancheng.platform.common import clock


@login_required
@require_GET
def tree(request: ActingRequest) -> HttpResponse:
    """Show the tree; how many people a body has is told to those who may see people."""
    bodies = list(Body.objects.filter(active=True))
    managed = managed_bodies(request.acting)
    shown = {body.pk for body in bodies} if carries(request.acting, SEE) else managed
    held = Post.objects.filter(valid_on(clock.today()), person__is_active=True, body_id__in=shown)
    people = dict(
        held.order_by().values("body_id").annotate(n=Count("person", distinct=True)).values_list("body_id", "n")
    )
    tops = branches([body for body in bodies if body.kind != Body.Kind.GROUP], people)
    context = {
        "tops": sorted(tops, key=lambda branch: not branch.branches), "bodies": bodies, "shown": shown,
        "groups": [body for body in bodies if body.kind == Body.Kind.GROUP],
        "may_manage": could_carry(request.acting, MANAGE), "retired": Body.objects.filter(active=False),
        "may_watch": could_carry(request.acting, WATCH),
    }  # fmt: skip
    return render(request, "bodies/tree.html", context)


@login_required
@require_GET
def body(request: ActingRequest, body: int) -> HttpResponse:
    """Show a body: where it stands, what it is called, who sits in it, and who holds its posts."""
    found = get_object_or_404(Body.objects.select_related("parent", "acts_through", "successor"), pk=body)
    sees = may_see_people_of(request.acting, found)
    context = {
        "body": found, "sees": sees, "holders": holders_of(found) if sees else [],
        "children": found.children.filter(active=True), "former": found.former_names.all(),
        "memberships": Membership.objects.filter(group=found).select_related("member"),
        "members": members_of(found), "today": clock.today(),
        "seats": Membership.objects.filter(valid_on(clock.today()), member=found).select_related("group"),
        "areas": ManagedArea.objects.filter(body=found).prefetch_related("inside"),
        "managed": found.pk in managed_bodies(request.acting), "may_manage": could_carry(request.acting, MANAGE),
        "happenings": happenings_of(Event.objects.filter(stream=f"body:{found.pk}")) if sees else [],
    }  # fmt: skip
    return render(request, "bodies/body.html", context)
