"""The map page."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huancheng.platform.atlas.queries.frame_of_map import frame_of_map
from huancheng.platform.atlas.queries.snapshots import snapshot_to_open
from huancheng.platform.atlas.queries.tree import layer_tree
from huancheng.platform.atlas.rules import may_keep_data, may_open_map, may_see
from huancheng.platform.audit.acting import Acting


@login_required
@require_safe
def show_map(request: HttpRequest) -> HttpResponse:
    """Show the map of the current snapshot, or of the one asked for where the person may look at it."""
    acting: Acting = request.acting  # type: ignore[attr-defined]
    if not may_open_map(acting):
        raise Http404
    wanted = request.GET.get("snapshot", "")
    record = snapshot_to_open(acting, wanted)
    if record is None:
        if wanted:
            raise Http404
        return render(request, "atlas/no_snapshot.html", {"keeps": may_keep_data(acting)})
    tree = layer_tree(record, acting)
    shown = [leaf.layer for branch in tree for leaf in branch.leaves if leaf.shown]
    context = {
        "record": record,
        "tree": tree,
        "frame_of_map": frame_of_map(record, acting, shown),
        "keeps": may_keep_data(acting),
        "inside": may_see(acting, "internal"),
    }
    return render(request, "atlas/map.html", context)
