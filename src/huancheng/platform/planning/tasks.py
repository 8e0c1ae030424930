"""Jobs of this app: drawing takes minutes, a page must not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django_tasks import task

from huancheng.platform.audit.acting import Acting
from huancheng.platform.common.jobs import working
from huancheng.platform.planning.domain.drawing import Wish, bring_drawn, draw_alternative


@task()
def draw(job: str, plan: int, acting: dict[str, Any], wish: dict[str, Any]) -> None:
    """Have the solver draw an alternative."""
    with working(job) as progress:
        made = draw_alternative(plan, Acting(**acting), Wish(**wish), lambda words: progress(None, words))
        progress.outcome(_("已划定方案：%s") % made.title, reverse("planning:alternative", args=[made.pk]))


@task()
def bring(job: str, plan: int, acting: dict[str, Any], file: str, options: dict[str, Any]) -> None:
    """Bring units an institute drew onto the blocks."""
    path = Path(file)
    try:
        with working(job) as progress:
            made = bring_drawn(plan, Acting(**acting), path, say=lambda words: progress(None, words), **options)
            progress.outcome(_("已导入方案：%s") % made.title, reverse("planning:alternative", args=[made.pk]))
    finally:
        path.unlink(missing_ok=True)
