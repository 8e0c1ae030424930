"""What is kept: files as their names say, cases as their log says, packs that cases began under, backups."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from huancheng.evidence import InputFault
from huancheng.platform.audit.models import Event
from huancheng.platform.casework.domain.law import book_of, current_book
from huancheng.platform.casework.domain.standing import standing_of
from huancheng.platform.casework.models import Case
from huancheng.platform.common import clock
from huancheng.platform.files.domain.store import place_of, storage
from huancheng.platform.files.models import StoredFile
from huancheng.platform.operations.models import Backup
from huancheng.policy.check import check_book

Found = Iterator[tuple[str, str]]
BACKUP_EVERY = timedelta(days=2)
MOST = 5
"""Names listed; the number of the rest is told."""


def _some(names: list[str]) -> str:
    return "、".join(names[:MOST]) + ("…" if len(names) > MOST else "")


def files_whole() -> Found:
    """Whether every stored file is there and has the content it is named by."""
    lost, damaged = [], []
    for stored in StoredFile.objects.order_by("pk").iterator():
        place = place_of(stored.sha256)
        if not storage().exists(place):
            lost.append(stored.sha256[:12])
            continue
        with storage().open(place) as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != stored.sha256:
                damaged.append(stored.sha256[:12])
    if lost:
        text = _("缺失 %(count)d 个文件：%(names)s") % {"count": len(lost), "names": _some(lost)}
        yield text, _("从备份的 files 目录取回")
    if damaged:
        text = _("损坏 %(count)d 个文件：%(names)s") % {"count": len(damaged), "names": _some(damaged)}
        yield text, _("检查磁盘，从备份的 files 目录取回")


def cases_as_logged() -> Found:
    """Whether what the register repeats of each case is what its log says."""
    wrong = []
    for case in Case.objects.select_related("subject", "opened_by").order_by("pk").iterator(500):
        standing = standing_of(case)
        said = (case.route, case.status, case.round, case.approved, case.cleared)
        state = standing.state
        told = (
            state.route, state.status.value, state.round, standing.interpreter.approved(state),
            standing.interpreter.cleared(state),
        )  # fmt: skip
        if said != told:
            wrong.append(case.number)
    if wrong:
        text = _("%(count)d 件案卷的状态与日志不符：%(names)s") % {"count": len(wrong), "names": _some(wrong)}
        yield text, _("查明何处绕过了办理功能；以日志为准")


def versions_as_logged() -> Found:
    """Whether each case counts as many entries as its log has."""
    counts: dict[str, int] = {}
    for stream in Event.objects.filter(stream__startswith="case:").values_list("stream", flat=True).iterator(5000):
        counts[stream] = counts.get(stream, 0) + 1
    cases = Case.objects.order_by("pk").values_list("pk", "number", "version").iterator(5000)
    wrong = [number for pk, number, version in cases if counts.get(f"case:{pk}", 0) != version]
    if wrong:
        text = _("%(count)d 件案卷的版本号与日志条数不符：%(names)s") % {"count": len(wrong), "names": _some(wrong)}
        yield text, _("查明何处绕过了办理功能；以日志为准")


def packs_kept() -> Found:
    """Whether the pack in force is sound, and every pack is kept that a case began under."""
    if found := check_book(current_book()):
        yield _("现行政策包有 %d 处问题") % len(found), _("运行 huancheng policy check 查看")
    for digest in Case.objects.order_by().values_list("pack", flat=True).distinct():
        try:
            book_of(digest)
        except InputFault:
            text = _("有案卷适用的政策包版本 %s 已丢失") % digest[:12]
            yield text, _("从备份的 packs 目录取回")


def backed_up() -> Found:
    """Whether a backup was made of late."""
    last = Backup.objects.first()
    if last is None:
        if Event.objects.exists():
            yield _("从未备份"), _("每日定时运行 huancheng backup，并把文件存到另一台机器")
    elif clock.now() - last.at > BACKUP_EVERY:
        text = _("最近一次备份在 %d 天前") % (clock.now() - last.at).days
        yield text, _("检查定时备份；现在运行 huancheng backup")
