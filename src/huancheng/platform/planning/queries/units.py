"""Renewal units of the plans in sight: lists, shapes for maps, figures."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Subject
from huancheng.platform.casework.subjects import Choice
from huancheng.platform.planning.models import RenewalUnit, SpecialPlan
from huancheng.platform.planning.queries.shapes import collection, feature
from huancheng.platform.planning.queries.visible import visible_special_plans

MOST = 5000
"""Units handed out at once."""


def visible_units(acting: Acting | None) -> QuerySet[RenewalUnit]:
    """Return the units of the plans a person may see, without their shapes and blocks."""
    return (
        RenewalUnit.objects.filter(plan__in=visible_special_plans(acting))
        .select_related("plan", "subject")
        .defer("geometry", "blocks")
    )


def adopted_units(acting: Acting | None) -> QuerySet[RenewalUnit]:
    """Return the units of the plans in force that a person may see."""
    return visible_units(acting).filter(plan__state=SpecialPlan.State.ADOPTED)


def units_geojson(acting: Acting | None) -> dict[str, Any]:
    """Return the units in force with their shapes as GeoJSON in longitude and latitude, for a layer of the map."""
    rows = RenewalUnit.objects.filter(pk__in=adopted_units(acting).values("pk"), geometry__isnull=False)
    return collection(
        feature(
            row, {"id": row.pk, "number": row.number, "name": row.name, "plan": row.plan.title, "plan_id": row.plan_id}
        )
        for row in rows.defer("blocks").select_related("plan")[:MOST]
    )


def unit_choices(jurisdiction: str) -> list[Choice]:
    """Return the units of a jurisdiction's plan in force, as one opens a case for them."""
    rows = RenewalUnit.objects.filter(jurisdiction=jurisdiction, plan__state=SpecialPlan.State.ADOPTED).select_related(
        "subject"
    )
    known = Subject.objects.filter(kind="unit", jurisdiction=jurisdiction, cases__isnull=False).values("pk")
    return [Choice(row.subject.key, str(row)) for row in rows.exclude(subject__in=known).defer("geometry", "blocks")]


def unit_of(subject: Subject) -> RenewalUnit | None:
    """Return the unit a case is about; None where none is drawn for it."""
    return RenewalUnit.objects.filter(subject=subject).defer("geometry", "blocks").first()
