"""What the pages of all procedures share: reaching a step, and doing what a form says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.domain.faults import NotAllowed, Overtaken
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.procedures.forms import ProcedureForm
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.policy.routes.model import StepKind
from huancheng.policy.routes.plan import PlannedStep

UNPROCESSABLE = HTTPStatus.UNPROCESSABLE_ENTITY.value


@dataclass(frozen=True, slots=True)
class StepPlace:
    """A step a person has come to.

    Parameters
    ----------
    case
        The case.
    standing
        Where it stands.
    planned
        The step.
    """

    case: Case
    standing: CaseStanding
    planned: PlannedStep

    @property
    def step(self) -> str:
        """Id of the step."""
        return self.planned.step.id

    @property
    def kind(self) -> str:
        """Word for what happens in it."""
        return _(self.planned.step.kind.official)


class Performing(Protocol):
    """A form that can do what it says."""

    def is_valid(self) -> bool:
        """Whether it is filled in well."""

    def perform(self) -> None:
        """Do it."""

    def tell(self, fault: InputFault) -> None:
        """Put a fault to the field it is about."""


def reach(request: ActingRequest, case: int, step: str, kinds: Collection[StepKind] | None = None) -> StepPlace:
    """Return a step of a case the person may see.

    Raises
    ------
    Http404
        If the case is out of sight, or has no such step, or one of another kind.
    """
    row = get_object_or_404(visible_cases(request.acting).select_related("subject", "opened_by"), pk=case)
    standing = standing_of(row)
    planned = next((item for item in standing.plan.steps if item.step.id == step), None)
    if planned is None or (kinds is not None and planned.step.kind not in kinds):
        raise Http404
    return StepPlace(row, standing, planned)


def attempt(form: Performing) -> int:
    """Do what a form says; return the status of the answer: 302 when it is done, else why not.

    What was typed stays in the form, with what is wrong beside it.
    """
    if not form.is_valid():
        return UNPROCESSABLE
    try:
        form.perform()
    except InputFault as fault:
        form.tell(fault)
        return _status(fault)
    return HTTPStatus.FOUND.value


def _status(fault: InputFault) -> int:
    if isinstance(fault, NotAllowed):
        return HTTPStatus.FORBIDDEN.value
    return HTTPStatus.CONFLICT.value if isinstance(fault, Overtaken) else UNPROCESSABLE


def answer_step(
    request: ActingRequest,
    place: StepPlace,
    forms: Iterable[type[ProcedureForm]],
    template: str,
    context: Mapping[str, Any],
) -> HttpResponse:
    """Show the page of a step with the forms a person may send, or do what one says.

    Parameters
    ----------
    place
        The step.
    forms
        Forms of the page.
    template
        Its template; finds the forms by their `do` under `forms`.
    context
        What else it needs.
    """
    kinds = {form.do: form for form in forms}
    sent, status = None, HTTPStatus.OK.value
    if request.method == "POST":
        kind = kinds.get(request.POST.get("do", ""))
        if kind is None:
            raise Http404
        data = request.POST
        sent = kind(place.standing, request.acting, place.step, data, request.FILES)
        status = attempt(sent)
        if status == HTTPStatus.FOUND:
            messages.success(request, _("已办理：%s") % kind.title)
            return HttpResponseRedirect(request.path)
        if status == HTTPStatus.CONFLICT:
            sent = _renewed(sent, place, request)
    offered = {
        name: sent if sent is not None and sent.do == name else kind(place.standing, request.acting, place.step)
        for name, kind in kinds.items()
        if (sent is not None and sent.do == name) or kind.offered(place.standing, request.acting, place.step)
    }
    told = {"place": place, "case": place.case, "forms": offered, "sent": sent, **context}
    return render(request, template, told, status=status)


def _renewed(sent: ProcedureForm, place: StepPlace, request: HttpRequest) -> ProcedureForm:
    """Return the form with what was typed and the version of now, so that it can be sent again after a look."""
    data = request.POST.copy()
    data["version"] = str(Case.objects.values_list("version", flat=True).get(pk=place.case.pk))
    renewed = type(sent)(place.standing, sent.acting, sent.step, data)
    for words in sent.non_field_errors():
        renewed.add_error(None, words)
    return renewed
