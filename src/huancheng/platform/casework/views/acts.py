"""The acts of a case: each has a page with a form; the page works alone and beside the case."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.forms.acts import ACT_FORMS, ActForm
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.case_names import names_of
from huancheng.platform.casework.queries.case_page import entries_since
from huancheng.platform.casework.queries.history import history, log_of, words_of
from huancheng.platform.casework.queries.records import outcome_of
from huancheng.platform.casework.queries.said import said
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.rules import STEP_ACTS, may


@login_required
@require_http_methods(["GET", "POST"])
def act(request: ActingRequest, case: int, act: str, step: str = "") -> HttpResponse:
    """Show the form of an act, or do it."""
    row = get_object_or_404(visible_cases(request.acting).select_related("subject", "opened_by"), pk=case)
    if act not in ACT_FORMS or (act in STEP_ACTS) != bool(step):
        raise Http404
    standing = standing_of(row)
    if step and step not in standing.state.steps:
        raise Http404
    if request.method == "POST":
        return _do(request, standing, act, step)
    if not may(request.acting, act, standing, step):
        return _refuse(request, standing, act)
    return _show(request, ACT_FORMS[act](standing, request.acting, step))


def _do(request: ActingRequest, standing: CaseStanding, act: str, step: str) -> HttpResponse:
    seen = request.POST.get("version", "")
    if seen.isdigit() and int(seen) != standing.case.version and act != "comment":
        return _overtaken(request, standing, act, step, int(seen))
    if not may(request.acting, act, standing, step):
        return _refuse(request, standing, act)
    form = ACT_FORMS[act](standing, request.acting, step, request.POST, request.FILES)
    if form.is_valid():
        try:
            form.perform()
        except Overtaken:
            fresh = Case.objects.select_related("subject", "opened_by").get(pk=standing.case.pk)
            return _overtaken(request, standing_of(fresh), act, step, standing.case.version)
        except NotAllowed as fault:
            return _refuse(request, standing, act, fault)
        except InputFault as fault:
            form.tell(fault)
        else:
            messages.success(request, _("已办理：%s") % title_of(standing, act))
            return _leave(request, standing.case.pk)
    return _show(request, form, status=422)


def _leave(request: ActingRequest, case: int) -> HttpResponse:
    """Lead back to the case."""
    url = reverse("casework:case", args=[case])
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def _show(request: ActingRequest, form: ActForm, *, status: int = 200) -> HttpResponse:
    template = "casework/acts/_form.html" if request.htmx else "casework/acts/act.html"
    return render(request, template, _context(form.standing, form.act, form=form, step=form.step), status=status)


def _refuse(request: ActingRequest, standing: CaseStanding, act: str, fault: NotAllowed | None = None) -> HttpResponse:
    """Say that a person may not do this here; what they typed stays before them."""
    template = "casework/acts/_refused.html" if request.htmx else "casework/acts/refused.html"
    context = _context(standing, act, fault=fault, said=said(fault) if fault else "", typed=_typed(request))
    return render(request, template, context, status=403)


def _overtaken(request: ActingRequest, standing: CaseStanding, act: str, step: str, seen: int) -> HttpResponse:
    """Tell what happened meanwhile, and keep what was typed: in the form if the act can still be done."""
    entries = log_of(standing.case)
    since = history(standing.case, entries_since(entries, seen), names_of(standing, entries))
    form = None
    if may(request.acting, act, standing, step):
        data = request.POST.copy()
        data["version"] = str(standing.case.version)
        form = ACT_FORMS[act](standing, request.acting, step, data)
    context = _context(standing, act, form=form, step=step, since=since, typed=_typed(request))
    template = "casework/acts/_overtaken.html" if request.htmx else "casework/acts/overtaken.html"
    return render(request, template, context, status=409)


def _typed(request: ActingRequest) -> list[str]:
    """Return the texts a person typed, so that nothing is lost."""
    return [request.POST[name] for name in ("words", "paper") if request.POST.get(name, "").strip()]


def _context(standing: CaseStanding, act: str, **more: object) -> dict[str, object]:
    step = more.get("step")
    planned = standing.plan.step(str(step)) if step else None
    record = standing.pending.get(str(step)) if act == "confirm_record" else None
    if record is not None:
        more |= {"record_outcome": outcome_of(record), "record_words": words_of(record.entry)}
    return {
        "case": standing.case,
        "act": act,
        "title": title_of(standing, act),
        "planned": planned,
        "kind": _(planned.step.kind.official) if planned else "",
        "record": record,
        **more,
    }


def title_of(standing: CaseStanding, act: str) -> str:
    """Return the name of an act in the language of the page."""
    rule = standing.posts.act(act)
    return rule.english if get_language() == "en" else rule.title
