"""Printed papers of a case, and its file for the archives office."""

from __future__ import annotations

import tempfile
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huancheng.platform.audit.domain.append import append
from huancheng.platform.bodies.requests import ActingRequest
from huancheng.platform.casework.archive_job import NAME, pack_case, place_of
from huancheng.platform.casework.documents.dossier import dossier_of
from huancheng.platform.casework.documents.kinds import KINDS
from huancheng.platform.casework.domain.archive_export import pack, weight_of
from huancheng.platform.casework.domain.standing import CaseStanding, standing_of
from huancheng.platform.casework.queries.papers import papers_of
from huancheng.platform.casework.queries.visible import visible_cases
from huancheng.platform.casework.rules import may
from huancheng.platform.common.jobs import start
from huancheng.platform.common.models import Job
from huancheng.platform.common.ranges import serve_bytes
from huancheng.platform.files.domain.store import storage

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ACT = "export"
_Answer = TypeVar("_Answer", bound=HttpResponseBase)


@login_required
@require_safe
def document(request: ActingRequest, case: int, kind: str) -> HttpResponse:
    """Send one of the printed papers; one that the case has nothing for yet is not there."""
    from huancheng.platform.casework.documents.form_docx import to_docx

    standing = _standing(request, case)
    wanted = KINDS.get(kind)
    if wanted is None or not wanted.is_ready(standing):
        raise Http404
    with translation.override("zh-hans"):
        data = to_docx(wanted.compose(dossier_of(standing)))
        name = f"{standing.case.number} {wanted.title}.docx"
    return _attached(HttpResponse(data, content_type=DOCX), name)


@login_required
@require_http_methods(["GET", "POST"])
def archive(request: ActingRequest, case: int) -> HttpResponseBase:
    """Show what the case file will hold; a post packs it, in the background where it is large."""
    standing = _exporting(request, case)
    weight = weight_of(standing)
    if request.method != "POST":
        papers = papers_of(standing.case, request.acting, standing)
        context = {"case": standing.case, "papers": papers, "weight": weight, "large": weight > settings.ARCHIVE_INLINE}
        return render(request, "casework/documents/archive.html", context)
    with transaction.atomic():
        append(f"export:{case}", "case.exported", request.acting, {"case": case, "version": standing.case.version})
        if weight > settings.ARCHIVE_INLINE:
            title = _("案卷导出 %s") % standing.case.number
            return redirect("common:job", start(pack_case, NAME, title, request.acting, case).pk)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
    packed = pack(standing, out)
    return _attached(FileResponse(out, content_type="application/zip"), packed.name)


@login_required
@require_safe
def archive_file(request: ActingRequest, case: int, job: UUID) -> HttpResponseBase:
    """Send an archive that was packed in the background to the person who asked for it."""
    standing = _exporting(request, case)
    found = get_object_or_404(Job, pk=job, name=NAME, person=request.acting.person)
    place = place_of(case, str(found.pk))
    if not storage().exists(place):
        raise Http404
    size = storage().size(place)
    answer = serve_bytes(request, lambda: storage().open(place), size, tag=str(found.pk), media_type="application/zip")  # type: ignore[arg-type,return-value]
    return _attached(answer, f"{standing.case.number}.zip")


def _standing(request: ActingRequest, case: int) -> CaseStanding:
    row = get_object_or_404(visible_cases(request.acting).select_related("subject", "opened_by"), pk=case)
    return standing_of(row)


def _exporting(request: ActingRequest, case: int) -> CaseStanding:
    standing = _standing(request, case)
    if not may(request.acting, ACT, standing):
        raise PermissionDenied(_("您的岗位不能导出案卷"))
    return standing


def _attached(answer: _Answer, name: str) -> _Answer:
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer
