"""Printing the map."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST
from pydantic import ValidationError

from huancheng.evidence import InputFault
from huancheng.platform.atlas.queries.frame_of_map import coordinate_system
from huancheng.platform.atlas.queries.sheet import SheetFacts, SheetRequest
from huancheng.platform.atlas.queries.snapshots import visible_snapshots
from huancheng.platform.audit.acting import Acting
from huancheng.platform.common import clock

REFUSED = 400


@login_required
@require_POST
def print_map(request: HttpRequest, snapshot: int) -> HttpResponse:
    """Set the picture the page drew on a sheet with title, legend, scale and source; the register says whose data."""
    from huancheng.platform.atlas.domain.sheet import LARGEST, sheet_pdf

    acting: Acting = request.acting  # type: ignore[attr-defined]
    record = get_object_or_404(visible_snapshots(acting), pk=snapshot)
    picture = request.FILES.get("picture")
    if picture is None or (picture.size or 0) > LARGEST:
        return JsonResponse({"error": "没有收到地图图像，或图像过大"}, status=REFUSED)
    facts = SheetFacts(
        attribution=record.attribution, as_of=record.as_of, approval=record.approval,
        crs=coordinate_system(record.crs)["name"], printed_on=clock.today(), printed_by=acting.body_name,
    )  # fmt: skip
    try:
        asked = SheetRequest.model_validate_json(request.POST.get("sheet", ""))
        made = sheet_pdf(picture.read(), asked, facts)
    except ValidationError:
        return JsonResponse({"error": "打印内容不完整，请刷新页面后重试"}, status=REFUSED)
    except InputFault as fault:
        return JsonResponse({"error": fault.message}, status=REFUSED)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="map.pdf"'
    return answer
