"""Computing a unit plan, and making its papers and layers, in the background."""

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
from huancheng.platform.planning.domain.unit_composing import compute, make_unit_documents
from huancheng.platform.planning.models import UnitPlan

COMPUTE, DOCUMENTS = "planning.unit-plan", "planning.unit-plan-document"


@task()
def compute_plan(job: str, plan: int, acting: dict[str, Any]) -> None:
    """Compute a draft anew."""
    with working(job) as progress:
        compute(plan, Acting(**acting), lambda words: progress(None, words))
        progress.outcome(_("已测算"), reverse("planning:unit-plan", args=[plan]))


@task()
def compose_papers(job: str, plan: int, acting: dict[str, Any]) -> None:
    """Make docx, PDF and layers; the paper is Chinese whatever the language of the pages."""
    with working(job) as progress, translation.override("zh-hans"):
        made = make_unit_documents(plan, Acting(**acting), lambda words: progress(None, words))
        outcome = _("已生成 %d 份文件") % len(made)
        progress.outcome(outcome, reverse("planning:unit-plan-versions", args=[plan]))


def start_computing(plan: UnitPlan, acting: Acting) -> Job:
    """Ask for a draft to be computed."""
    return _start(compute_plan, COMPUTE, _("测算单元规划：%s") % plan.unit, plan, acting)


def start_unit_documents(plan: UnitPlan, acting: Acting) -> Job:
    """Ask for the papers and layers of a plan."""
    return _start(compose_papers, DOCUMENTS, _("生成单元规划文本：%s") % plan.unit, plan, acting)


def _start(work: Any, name: str, title: str, plan: UnitPlan, acting: Acting) -> Job:
    job = start(work, name, title[:120], acting, plan.pk, asdict(acting))
    UnitPlan.objects.filter(pk=plan.pk).update(job=job)
    return job
