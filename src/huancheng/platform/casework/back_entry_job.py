"""The job that enters the rows of a workbook."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django_tasks import task

from huancheng.platform.audit.acting import Acting
from huancheng.platform.bodies.queries.acting import choices_for
from huancheng.platform.casework.domain.back_entry_import import take
from huancheng.platform.casework.models import BackEntryImport


@task()
def enter_rows(source: int, acting: dict[str, Any], rows: list[int] | None) -> int:
    """Enter the rows of a workbook for whoever asked, if they still hold the post; returns how many were entered."""
    asked = Acting(**acting)
    holds = asked.person is not None and any(item.post == asked.post for item in choices_for(asked.person))
    return take(BackEntryImport.objects.get(pk=source), asked, rows if holds else [])


def enqueue_entering(source: BackEntryImport, acting: Acting, rows: list[int] | None) -> None:
    """Have the worker enter the rows that are ready, or those chosen of them."""
    BackEntryImport.objects.filter(pk=source.pk).update(status=BackEntryImport.Status.RUNNING)
    enter_rows.enqueue(source.pk, asdict(acting), rows)
