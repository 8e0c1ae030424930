"""Writing the contents of an instrument, and reading what was handed in."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.domain.writing import write_part
from huancheng.platform.casework.models import Case, Part
from huancheng.platform.casework.queries.contents import changes_of, contents_of
from huancheng.platform.casework.queries.said import listed, said
from huancheng.platform.casework.queries.visible import visible_cases


def _case(request: ActingRequest, case: int) -> CaseStanding:
    row: Case = get_object_or_404(visible_cases(request.acting).select_related("subject", "opened_by"), pk=case)
    return standing_of(row)


@login_required
@require_http_methods(["GET", "POST"])
def contents(request: ActingRequest, case: int) -> HttpResponse:
    """Show all parts to who may write them; without scripts one button saves them all."""
    standing = _case(request, case)
    view = contents_of(standing, request.acting)
    if view is None or not view.may_write:
        return render(request, "casework/case/not_writing.html", {"case": standing.case}, status=403)
    faults: dict[int, str] = {}
    typed: dict[int, str] = {}
    if request.method == "POST":
        for part in view.parts:
            text = request.POST.get(f"text-{part.place}", part.text).replace("\r\n", "\n")
            if text == part.text and not part.is_proposed:
                continue
            typed[part.place] = text
            seen = request.POST.get(f"version-{part.place}", "")
            try:
                write_part(case, part.name, text, request.acting, version=int(seen) if seen.isdigit() else None)
            except InputFault as fault:
                faults[part.place] = said(fault)
        if not faults:
            messages.success(request, _("内容已保存"))
            return HttpResponseRedirect(reverse("casework:case", args=[case]))
        view = contents_of(standing, request.acting) or view
    rows = [(part, typed.get(part.place, part.text), faults.get(part.place, "")) for part in view.parts]
    context = {"case": standing.case, "view": view, "rows": rows, "faults": faults}
    return render(request, "casework/case/contents.html", context, status=409 if faults else 200)


@login_required
@require_POST
def save_part(request: ActingRequest, case: int, place: int) -> HttpResponse:
    """Save one part as it is being typed."""
    standing = _case(request, case)
    view = contents_of(standing, request.acting)
    if view is None or not 1 <= place <= len(view.parts):
        raise Http404
    part = view.parts[place - 1]
    seen = request.POST.get(f"version-{place}", "")
    text = request.POST.get(f"text-{place}", "").replace("\r\n", "\n")
    saved: Part | None = None
    fault: InputFault | None = None
    status = 200
    try:
        saved = write_part(case, part.name, text, request.acting, version=int(seen) if seen.isdigit() else None)
    except InputFault as caught:
        fault = caught
        status = 409 if isinstance(caught, Overtaken) else 403 if isinstance(caught, NotAllowed) else 422
    context = {"place": place, "saved": saved, "fault": fault, "said": said(fault) if fault else "", "seen": seen}
    return render(request, "casework/case/_saved.html", context, status=status)


@login_required
@require_safe
def edition(request: ActingRequest, case: int, number: int) -> HttpResponse:
    """Show an edition with what changed since the one before."""
    standing = _case(request, case)
    found = get_object_or_404(standing.case.editions, number=number)
    changes = changes_of(found)
    changed = [change.name for change in changes if change.is_changed]
    context = {
        "case": standing.case,
        "edition": found,
        "changes": changes,
        "changed": changed,
        "changed_names": listed(changed),
        "editions": list(standing.case.editions.defer("parts")),
    }
    return render(request, "casework/case/edition.html", context)
