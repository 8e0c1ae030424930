"""The register of plans as pages show it."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.planning.domain.register import APPROVED
from huancheng.platform.planning.models import PlanRecord
from huancheng.platform.planning.rules import may_read_plans


def visible_records(acting: Acting | None) -> QuerySet[PlanRecord]:
    """Return the plans of the register a person may see: all inside the administration; without their shapes."""
    if not may_read_plans(acting):
        return PlanRecord.objects.none()
    return PlanRecord.objects.defer("geometry")


def due_on(day: date) -> Q:
    """Return the condition of a plan in force that should have been evaluated by a day."""
    return Q(state__in=APPROVED, evaluate_by__lte=day)


def is_due(record: PlanRecord, day: date) -> bool:
    """Whether a plan in force should have been evaluated by a day."""
    return record.state in APPROVED and record.evaluate_by is not None and record.evaluate_by <= day


def in_force(acting: Acting | None, jurisdictions: tuple[str, ...]) -> QuerySet[PlanRecord]:
    """Return the approved plans that cover a place: its own and the whole city's."""
    return visible_records(acting).filter(state__in=APPROVED, jurisdiction__in=["", *jurisdictions])
