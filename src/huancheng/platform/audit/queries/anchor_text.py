"""An anchor as text: to print, to sign, to keep where nobody who runs the database can reach it."""

from __future__ import annotations

from django.utils import timezone

from huancheng.platform.audit.models import Anchor


def anchor_text(anchor: Anchor) -> str:
    """Return an anchor as a sheet of plain text; the digest in groups of eight, to be compared by eye."""
    groups = [anchor.digest[place : place + 8] for place in range(0, len(anchor.digest), 8)]
    before = anchor.previous or "（无，本锚点为第一个）"
    return "\n".join([
        f"焕城 审计日志锚点 第 {anchor.number} 号",
        "Huancheng audit log anchor",
        "",
        f"生成时间 made at      {timezone.localtime(anchor.at):%Y-%m-%d %H:%M:%S %z}",
        f"截至条目 last entry   {anchor.last_event}",
        f"本期条目 new entries  {anchor.entries}",
        f"涉及事项 streams      {len(anchor.heads)}",
        f"上一锚点 before it    {before}",
        "",
        "锚点摘要 digest (SHA-256)",
        "  " + " ".join(groups[:4]),
        "  " + " ".join(groups[4:]),
        "",
        f"核对 verify: huancheng audit verify --anchor {anchor.digest}",
        "",
        "签字 signed ________________    日期 date ________________",
        "",
    ])  # fmt: skip
