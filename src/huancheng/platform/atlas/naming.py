"""Names of snapshots for those who read the log, and words for what was done with them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huancheng.platform.atlas.models import SnapshotRecord
from huancheng.platform.audit.naming import Naming, register_naming, register_titles

MOST = 1000
"""Snapshots that a search takes into account."""

TITLES = {
    "snapshot.taken": _("载入快照"),
    "snapshot.prepared": _("制图完成"),
    "snapshot.refused": _("制图失败"),
    "snapshot.shown": _("切换底图快照"),
    "snapshot.retired": _("停用快照"),
    "snapshot.started_again": _("重新制图"),
    "snapshot.approval": _("登记审图号"),
}


def offer_names() -> None:
    """Offer names and words; called when the app is ready."""
    register_titles(TITLES)
    register_naming(
        "snapshot", Naming(_("快照"), _snapshots, _find, lambda number: reverse("atlas:progress", args=[number]))
    )


def _snapshots(numbers: Collection[int]) -> Mapping[int, str]:
    return {record.pk: str(record) for record in SnapshotRecord.objects.filter(pk__in=numbers)}


def _find(words: str) -> Iterable[int]:
    return SnapshotRecord.objects.filter(title__icontains=words).order_by("pk").values_list("pk", flat=True)[:MOST]
