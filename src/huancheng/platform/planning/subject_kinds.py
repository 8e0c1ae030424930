"""What cases of plans are about, and what must be settled before they are handed in."""

from __future__ import annotations

from django.urls import reverse

from huancheng.platform.casework.domain.guards import add_guard
from huancheng.platform.casework.models import Subject
from huancheng.platform.casework.subjects import SubjectKind, add_subject_kind
from huancheng.platform.planning.domain.plan_cases import guard_basis
from huancheng.platform.planning.domain.unit_plan_cases import guard_unit_plan
from huancheng.platform.planning.queries.contents import plan_contents, plan_link
from huancheng.platform.planning.queries.places import SCOPE
from huancheng.platform.planning.queries.unit_contents import unit_contents
from huancheng.platform.planning.queries.units import unit_choices, unit_of


def add_kinds() -> None:
    """Say what page, choices and contents the subjects of plans have; called when the app is ready."""
    add_subject_kind(SubjectKind(SCOPE, link=plan_link, contents=plan_contents))
    add_subject_kind(SubjectKind("unit", link=unit_link, choices=unit_choices, contents=unit_contents))
    add_guard(guard_basis)
    add_guard(guard_unit_plan)


def unit_link(subject: Subject) -> str:
    """Return the address of a unit's page; empty where no unit is drawn for it."""
    unit = unit_of(subject)
    return reverse("planning:unit", args=[unit.pk]) if unit else ""
