"""Tiles and names of areas: answered by byte ranges, only for snapshots the person may look at."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from huancheng.platform.atlas.domain.folders import labels_file, tiles_file
from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.atlas.queries.snapshots import visible_snapshots
from huancheng.platform.audit.acting import Acting
from huancheng.platform.common.ranges import serve_bytes

KEPT = "private, max-age=31536000, immutable"
"""The address bears the digest of the content, so that what a browser holds never goes stale."""
_NO_ENTRY = 401


@require_safe
def tiles(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Answer for the tiles of a snapshot."""
    return _serve(request, digest, tiles_file, "application/vnd.pmtiles")


@require_safe
def labels(request: HttpRequest, digest: str) -> HttpResponseBase:
    """Answer for the names of areas of a snapshot."""
    return _serve(request, digest, labels_file, "application/geo+json")


def _serve(request: HttpRequest, digest: str, file_of: Callable[[str], Path], media_type: str) -> HttpResponseBase:
    acting: Acting | None = request.acting  # type: ignore[attr-defined]
    if acting is None:
        return HttpResponse(status=_NO_ENTRY)
    record: SnapshotRecord | None = visible_snapshots(acting).filter(tiles_digest=digest).first()
    path: Path | None = file_of(record.digest) if record else None
    if path is None or not path.is_file():
        raise Http404
    answer = serve_bytes(request, lambda: path.open("rb"), path.stat().st_size, tag=digest, media_type=media_type)
    answer["Cache-Control"] = KEPT
    return answer
