"""Loading snapshots and choosing the one the map shows."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huancheng.evidence import InputFault
from huancheng.platform.atlas.domain.switching import make_current, retire, set_approval, start_again
from huancheng.platform.atlas.domain.taking import take_snapshot
from huancheng.platform.atlas.forms.snapshot import ApprovalForm, LoadForm
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.atlas.queries.snapshots import kept_snapshots
from huancheng.platform.atlas.rules import may_keep_data
from huancheng.platform.atlas.tasks import enqueue_preparing
from huancheng.platform.audit.acting import Acting

REFUSED = 400
LIST = "atlas:snapshots"


@login_required
@require_safe
def snapshots(request: HttpRequest) -> HttpResponse:
    """List the snapshots."""
    return _list(request, _keeper(request), LoadForm())


@login_required
@require_POST
def load(request: HttpRequest) -> HttpResponse:
    """Take a zipped snapshot in and have its tiles made."""
    acting = _keeper(request)
    form = LoadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, acting, form, status=REFUSED)
    try:
        record, fresh = _take(form.cleaned_data["archive"], acting)
    except InputFault as fault:
        form.add_error("archive", f"{fault.message}。{fault.cure}" if fault.cure else fault.message)
        return _list(request, acting, form, status=REFUSED)
    if fresh:
        enqueue_preparing(record.pk, acting)
        messages.success(request, _("快照已载入，正在制作地图瓦片"))
    else:
        messages.info(request, _("这份快照此前已经载入"))
    return redirect(LIST)


@login_required
@require_safe
def progress(request: HttpRequest, snapshot: int) -> HttpResponse:
    """Show one line of the list, as it stands now."""
    acting = _keeper(request)
    record = get_object_or_404(kept_snapshots(acting), pk=snapshot)
    return render(request, "atlas/_snapshot.html", {"record": record})


@login_required
@require_POST
def show(request: HttpRequest, snapshot: int) -> HttpResponse:
    """Let the map show a snapshot."""
    acting, record = _kept(request, snapshot)
    return _answer(request, lambda: make_current(record.pk, acting), _("地图已切换到这份快照"))


@login_required
@require_POST
def retire_snapshot(request: HttpRequest, snapshot: int) -> HttpResponse:
    """Take a snapshot out of use."""
    acting, record = _kept(request, snapshot)
    return _answer(request, lambda: retire(record.pk, acting), _("快照已停用，文件仍然保留"))


@login_required
@require_POST
def make_again(request: HttpRequest, snapshot: int) -> HttpResponse:
    """Have the tiles of a snapshot made anew."""
    acting, record = _kept(request, snapshot)
    with transaction.atomic():
        start_again(record.pk, acting)
        enqueue_preparing(record.pk, acting)
    messages.success(request, _("正在重新制作地图瓦片"))
    return redirect(LIST)


@login_required
@require_POST
def approval(request: HttpRequest, snapshot: int) -> HttpResponse:
    """Record the map-approval number."""
    acting, record = _kept(request, snapshot)
    form = ApprovalForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("审图号过长"))
        return redirect(LIST)
    return _answer(request, lambda: set_approval(record.pk, form.cleaned_data["number"], acting), _("审图号已保存"))


def _keeper(request: HttpRequest) -> Acting:
    acting: Acting = request.acting  # type: ignore[attr-defined]
    if not may_keep_data(acting):
        raise Http404
    return acting


def _kept(request: HttpRequest, snapshot: int) -> tuple[Acting, SnapshotRecord]:
    acting = _keeper(request)
    return acting, get_object_or_404(kept_snapshots(acting), pk=snapshot)


def _list(request: HttpRequest, acting: Acting, form: LoadForm, status: int = 200) -> HttpResponse:
    records = list(kept_snapshots(acting))
    current = next((record for record in records if record.current), None)
    context = {"records": records, "form": form, "shown": current}
    return render(request, "atlas/snapshots.html", context, status=status)


def _take(archive: UploadedFile[Any], acting: Acting) -> tuple[SnapshotRecord, bool]:
    """Put the upload down as a file, then take it in."""
    Path(settings.JOB_FOLDER).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="snapshot-", dir=settings.JOB_FOLDER) as folder:
        path = Path(folder) / "snapshot.zip"
        with path.open("wb") as out:
            for block in archive.chunks():
                out.write(block)
        return take_snapshot(path, acting)


def _answer(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except InputFault as fault:
        messages.error(request, f"{fault.message}。{fault.cure}")
    else:
        messages.success(request, done)
    return redirect(LIST)
