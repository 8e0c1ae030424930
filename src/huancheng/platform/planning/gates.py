"""Who may read the scans and documents of plans."""

from __future__ import annotations

from huancheng.platform.audit.acting import Acting
from huancheng.platform.files.domain.reading import Readable, add_gate
from huancheng.platform.files.formats import formats
from huancheng.platform.planning.models import BureauOpinion, PlanDocument, UnitPlanDocument
from huancheng.platform.planning.queries.visible import visible_special_plans, visible_unit_plans
from huancheng.platform.planning.rules import may_read_plans


def opinion_scan(number: int, acting: Acting | None) -> Readable | None:
    """Let everyone who reads plans read the bureau's letters."""
    row = BureauOpinion.objects.filter(pk=number, scan__isnull=False).select_related("scan").first()
    if row is None or row.scan is None or not may_read_plans(acting):
        return None
    return Readable(row.scan, f"{row.number or row.pk}.{formats()[row.scan.format].extensions[0]}")


def plan_document(number: int, acting: Acting | None) -> Readable | None:
    """Let those who see a special plan read its documents."""
    rows = PlanDocument.objects.filter(plan__in=visible_special_plans(acting)).select_related("stored")
    row = rows.filter(pk=number).first()
    return Readable(row.stored, row.name) if row else None


def unit_plan_document(number: int, acting: Acting | None) -> Readable | None:
    """Let those who see a unit plan read its documents and layers."""
    rows = UnitPlanDocument.objects.filter(plan__in=visible_unit_plans(acting)).select_related("stored")
    row = rows.filter(pk=number).first()
    return Readable(row.stored, row.name) if row else None


def add_gates() -> None:
    """Answer for these files; called when the app is ready."""
    add_gate("bureau-opinions", opinion_scan)
    add_gate("plan-documents", plan_document)
    add_gate("unit-plan-documents", unit_plan_document)
