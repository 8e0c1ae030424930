"""The officers' page of a notice."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.procedures.downloads import workbook
from huancheng.platform.casework.procedures.notices.domain.objecting import is_open
from huancheng.platform.casework.procedures.notices.forms import (
    AnswerObjectionsForm,
    CompleteNoticeForm,
    EnterObjectionForm,
    EraseForm,
    HearingForm,
    PlaceForm,
    PublishForm,
)
from huancheng.platform.casework.procedures.notices.queries import (
    hearings_in,
    may_read_contacts,
    notice_in,
    notices_before,
    objections_of,
    public_papers,
)
from huancheng.platform.casework.procedures.notices.summary import objection_sheet
from huancheng.platform.casework.procedures.pages import answer_step, reach
from huancheng.policy.routes.model import StepKind

KINDS = (StepKind.NOTICE, StepKind.HEARING)
FORMS = (
    PublishForm, AnswerObjectionsForm, CompleteNoticeForm, PlaceForm, EnterObjectionForm, HearingForm, EraseForm,
)  # fmt: skip
PAGE = 50


@login_required
@require_http_methods(["GET", "POST"])
def notice(request: ActingRequest, case: int, step: str) -> HttpResponse:
    """Show the notice of a step, its places, papers, objections and hearings; do what a form says."""
    place = reach(request, case, step, KINDS)
    row = notice_in(place.standing, step)
    context: dict[str, object] = {
        "notice": row,
        "before": notices_before(place.standing, step),
        "hearings": hearings_in(place.standing, step),
    }
    if row is not None:
        objections = objections_of(row, request.acting)
        context |= {
            "open": is_open(row),
            "places": row.places.select_related("evidence"),
            "papers": public_papers(row),
            "objections": Paginator(objections, PAGE).get_page(request.GET.get("page")),
            "unanswered": row.objections.filter(verdict="").count(),
            "contacts": may_read_contacts(request.acting),
        }
    return answer_step(request, place, FORMS, "casework/procedures/notices/notice.html", context)


@login_required
@require_safe
def objections_xlsx(request: ActingRequest, case: int, step: str) -> HttpResponse:
    """Hand the objections and their answers out as a workbook, without who sent them."""
    place = reach(request, case, step, KINDS)
    row = notice_in(place.standing, step)
    if row is None:
        raise Http404
    name = _("%s公示意见处理情况") % place.case.number
    return workbook(name, [objection_sheet(row.objections.order_by("pk"))])
