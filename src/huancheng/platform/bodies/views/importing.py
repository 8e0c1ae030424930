"""People from a workbook, and into one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huancheng.evidence import InputFault
from huancheng.platform.bodies.domain.importing import stage_people, take_people
from huancheng.platform.bodies.forms.people import ImportForm
from huancheng.platform.bodies.models import Body, StagedPeople
from huancheng.platform.bodies.queries.people import people_list
from huancheng.platform.bodies.queries.roles import post_rules, role_title
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.bodies.rules import keeps_whole_tree, managed_bodies
from huancheng.platform.bodies.views.guards import managing, tried, words_of
from huancheng.platform.bodies.workbooks.columns import COLUMNS
from huancheng.platform.common import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@managing
def upload(request: ActingRequest) -> HttpResponse:
    """Take a workbook; every row is judged, nobody entered."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        staged = tried(form, lambda: stage_people(file.read(), file.name, request.acting))
        if staged is not None:
            return redirect("bodies:staged", staged.pk)
    return render(request, "bodies/import.html", {"form": form})


@managing
@require_GET
def staged(request: ActingRequest, staged: int) -> HttpResponse:
    """Show every row: taken, or refused with the field and the cure."""
    found = get_object_or_404(StagedPeople, pk=staged, by=request.user)
    refused = [line for line in found.rows if "fault" in line]
    context = {"staged": found, "refused": refused, "good": len(found.rows) - len(refused), "columns": COLUMNS}
    return render(request, "bodies/staged.html", context)


@managing
@require_POST
@never_cache
def take(request: ActingRequest, staged: int) -> HttpResponse:
    """Enter everybody whose row was good; passwords are shown once."""
    found = get_object_or_404(StagedPeople, pk=staged, by=request.user)
    try:
        people = take_people(found, request.acting)
    except InputFault as fault:
        messages.error(request, words_of(fault))
        return redirect("bodies:staged", found.pk)
    return render(request, "bodies/new_passwords.html", {"people": people})


@managing
@require_GET
def template(request: ActingRequest) -> HttpResponse:
    """Give the empty template with the lists one may choose from."""
    return _file(request, [], "people-template.xlsx")


@managing
@require_GET
def export(request: ActingRequest) -> HttpResponse:
    """Give the people in one's reach with the posts in it, one row for each post, as the template has them."""
    managed = managed_bodies(request.acting)
    with override("zh-hans"):
        rows = [
            [
                person.username, person.name, person.phone, person.email, post.body.name, role_title(post.role),
                post.title, _day(post.valid_from), _day(post.valid_until),
            ]
            for person in people_list(request.acting, state="active")
            for post in person.current_posts  # type: ignore[attr-defined]
            if post.body_id in managed
        ]  # fmt: skip
    return _file(request, rows, f"people-{clock.today().isoformat()}.xlsx")


def _day(day: object) -> str:
    return str(day) if day else ""


def _file(request: ActingRequest, rows: list[list[str]], name: str) -> HttpResponse:
    from huancheng.platform.bodies.workbooks.template import people_workbook

    far = keeps_whole_tree(request.acting)
    bodies = Body.objects.filter(pk__in=managed_bodies(request.acting), active=True).exclude(kind=Body.Kind.GROUP)
    roles = [role.title for role in post_rules().roles if far or not (role.sees == "all" or role.elevates)]
    content = people_workbook(rows, list(bodies.values_list("name", flat=True)), roles)
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
