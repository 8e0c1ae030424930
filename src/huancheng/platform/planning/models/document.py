"""Documents made of a special plan."""

from __future__ import annotations

from django.db import models

from huancheng.platform.files.models import StoredFile
from huancheng.platform.planning.models.special_plan import SpecialPlan


class PlanDocument(models.Model):
    """A special plan as a paper, of one edition of one version."""

    plan = models.ForeignKey(SpecialPlan, on_delete=models.CASCADE, related_name="documents")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    """Name it is sent under, its ending among it."""
    edition = models.PositiveIntegerField()
    """Edition of the plan it was made of; an older one is out of date."""
    made_at = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.name
