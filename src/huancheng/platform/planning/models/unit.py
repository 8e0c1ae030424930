"""Renewal units (更新单元) of an adopted special plan."""

from __future__ import annotations

from django.db import models

from huancheng.platform.casework.models import Subject
from huancheng.platform.planning.models.alternative import Alternative
from huancheng.platform.planning.models.place import Ground
from huancheng.platform.planning.models.special_plan import SpecialPlan


class RenewalUnit(Ground):
    """A unit as it was adopted."""

    plan = models.ForeignKey(SpecialPlan, on_delete=models.CASCADE, related_name="units")
    alternative = models.ForeignKey(Alternative, on_delete=models.PROTECT, related_name="renewal_units")
    subject = models.OneToOneField(Subject, on_delete=models.PROTECT, related_name="renewal_unit")
    """What its cases are about; of kind `unit`."""
    jurisdiction = models.CharField(max_length=60, db_index=True)
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    blocks = models.JSONField(default=list)
    """Ids of its blocks."""
    figures = models.JSONField(default=dict)
    """Its figures as the certificate holds them: name to value, unit, provenance."""

    class Meta:
        """A number once in a plan."""

        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="planning_unit_once"),)
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def stream(self) -> str:
        """Name of its stream in the log."""
        return f"renewal-unit:{self.pk}"
