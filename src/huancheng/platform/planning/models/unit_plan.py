"""Unit plans (单元规划)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huancheng.platform.planning.models.unit import RenewalUnit


class UnitPlan(models.Model):
    """The plan of one unit, in one of its versions: what was filled in, and what was computed from it."""

    class State(models.TextChoices):
        """Where the version stands."""

        DRAFT = "draft", _("编制中")
        ADOPTED = "adopted", _("已定稿")
        REPLACED = "replaced", _("已被替代")

    unit = models.ForeignKey(RenewalUnit, on_delete=models.PROTECT, related_name="plans")
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    filled = models.JSONField(default=dict, blank=True)
    """What a planner states, as `huancheng.planning.unit_plan` reads it from its workbook."""
    computed = models.JSONField(default=dict, blank=True)
    """What was computed from it and the snapshot, each value as evidence."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 over the folder of its documents and layers; empty until they were made."""
    edition = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One version once."""

        constraints = (models.UniqueConstraint(fields=("unit", "version"), name="planning_unit_plan_once"),)
        ordering = ("unit", "-version")

    def __str__(self) -> str:
        return f"{self.unit} v{self.version}"

    @property
    def stream(self) -> str:
        """Name of its stream in the log."""
        return f"unit-plan:{self.pk}"
