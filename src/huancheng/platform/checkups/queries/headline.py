"""The state of a check-up in words."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from huancheng.evidence import State
from huancheng.platform.checkups.models import CheckupRunRecord


def headline_of(run: CheckupRunRecord, problems: int) -> str:
    """Return how many indicators have a figure and how many problems were listed."""
    counts = run.details["counts"]
    known, missing = counts.get(State.KNOWN.value, 0), counts.get(State.MISSING.value, 0)
    words = gettext("%(known)d 项指标有数值，%(missing)d 项缺数据") % {"known": known, "missing": missing}
    return words + gettext("，列出问题 %(problems)d 项") % {"problems": problems}


def headline_of_list(count: int) -> str:
    """Return how many check-ups there are."""
    return ngettext("%(count)d 次城市体检", "%(count)d 次城市体检", count) % {"count": count}
