"""Composing the papers of a special plan in the background: its maps take a while."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from huancheng.platform.audit.acting import Acting
from huancheng.platform.common.jobs import start, working
from huancheng.platform.common.models import Job
from huancheng.platform.planning.domain.plan_documents import make_documents
from huancheng.platform.planning.models import SpecialPlan

NAME = "planning.document"


@task()
def compose(job: str, plan: int, acting: dict[str, Any]) -> None:
    """Compose docx and PDF of a plan; the paper is Chinese whatever the language of the pages."""
    with working(job) as progress, translation.override("zh-hans"):
        made = make_documents(plan, Acting(**acting), lambda words: progress(None, words))
        outcome = _("已生成 %d 份规划文本") % len(made)
        progress.outcome(outcome, reverse("planning:special-plan-versions", args=[plan]))


def start_documents(plan: SpecialPlan, acting: Acting) -> Job:
    """Ask for the papers of a plan."""
    return start(compose, NAME, _("生成规划文本：%s") % plan.title, acting, plan.pk, asdict(acting))
