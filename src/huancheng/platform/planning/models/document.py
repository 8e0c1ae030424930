"""Documents made of plans."""

from __future__ import annotations

from django.db import models

from huancheng.platform.files.models import StoredFile
from huancheng.platform.planning.models.special_plan import SpecialPlan
from huancheng.platform.planning.models.unit_plan import UnitPlan


class Paper(models.Model):
    """A plan as a file, of one edition of one version."""

    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    """Name it is sent under, its ending among it."""
    edition = models.PositiveIntegerField()
    """Edition of the plan it was made of; an older one is out of date."""
    made_at = models.DateTimeField()

    class Meta:
        """No table of its own; the newest first."""

        abstract = True
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.name


class PlanDocument(Paper):
    """A special plan as a paper."""

    plan = models.ForeignKey(SpecialPlan, on_delete=models.CASCADE, related_name="documents")

    class Meta(Paper.Meta):
        """As every paper."""


class UnitPlanDocument(Paper):
    """A unit plan as a paper, or its layers."""

    plan = models.ForeignKey(UnitPlan, on_delete=models.CASCADE, related_name="documents")

    class Meta(Paper.Meta):
        """As every paper."""
