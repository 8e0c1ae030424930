"""Bringing files piece by piece; spoken to by `frontend/src/files/upload.ts`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huancheng.evidence import InputFault
from huancheng.platform.files.domain.store import StorageFull
from huancheng.platform.files.domain.uploading import OutOfStep, TooMany, add_piece, begin, finish, forget
from huancheng.platform.files.models import Upload
from huancheng.platform.files.views.requests import SignedRequest

_STATUS: dict[type[InputFault], int] = {OutOfStep: 409, TooMany: 429, StorageFull: 507}
_RETRY = 600
_MOST_DIGITS = 15


@login_required
@require_POST
def begin_upload(request: SignedRequest) -> HttpResponse:
    """Begin an upload: `name` and `size` in the form; answers with its address and the length of its pieces."""
    size = request.POST.get("size", "")
    if not size.isascii() or not size.isdigit() or len(size) > _MOST_DIGITS:
        return JsonResponse({"error": _("请说明文件的大小")}, status=400)
    try:
        upload = begin(request.POST.get("name", ""), int(size), request.acting)
    except InputFault as fault:
        return _told(fault)
    return JsonResponse(_state(upload), status=201)


@login_required
@require_http_methods(["GET", "PUT", "DELETE"])
def one_upload(request: SignedRequest, upload: UUID) -> HttpResponse:
    """Tell how far an upload has come (GET), add its next piece (PUT, `?offset=`), or give it up (DELETE)."""
    found = Upload.objects.filter(pk=upload, person=request.acting.person or 0).first()
    if found is None:
        raise Http404
    if request.method == "DELETE":
        forget(found)
        return HttpResponse(status=204)
    if request.method == "PUT":
        return _add(request, found)
    return JsonResponse(_state(found))


@login_required
@require_POST
def finish_upload(request: SignedRequest, upload: UUID) -> HttpResponse:
    """End an upload: the file is put together, looked at and kept."""
    try:
        taken = finish(upload, request.acting)
    except Upload.DoesNotExist as error:
        raise Http404 from error
    except InputFault as fault:
        return _told(fault)
    return JsonResponse({"id": str(upload), "name": taken.name, "size": taken.stored.size})


def _add(request: SignedRequest, upload: Upload) -> HttpResponse:
    offset = request.GET.get("offset", "")
    if not offset.isascii() or not offset.isdigit() or len(offset) > _MOST_DIGITS:
        return JsonResponse({"error": _("请说明这一段从何处开始")}, status=400)
    if upload.stored_id is not None:
        return JsonResponse(_state(upload))
    if int(request.headers.get("Content-Length") or 0) > upload.piece:
        return JsonResponse({"error": _("这一段过大")}, status=413)
    try:
        piece = request.body
    except UnreadablePostError:
        return JsonResponse({"error": _("连接中断，请重传这一段")}, status=400)
    try:
        return JsonResponse(_state(add_piece(upload.pk, int(offset), piece, request.acting)))
    except InputFault as fault:
        return _told(fault, received=Upload.objects.get(pk=upload.pk).received)


def _state(upload: Upload) -> dict[str, Any]:
    return {
        "id": str(upload.pk),
        "name": upload.name,
        "size": upload.size,
        "piece": upload.piece,
        "received": upload.received,
        "done": upload.stored_id is not None,
    }


def _told(fault: InputFault, **more: Any) -> JsonResponse:
    status = _STATUS.get(type(fault), 400)
    answer = JsonResponse({"error": fault.message, "cure": fault.cure, **more}, status=status)
    if isinstance(fault, TooMany):
        answer["Retry-After"] = str(_RETRY)
    return answer
