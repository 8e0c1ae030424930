"""Alternatives of a special plan: units drawn by the solver, by an institute, or by hand."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huancheng.platform.planning.models.special_plan import SpecialPlan


class Alternative(models.Model):
    """One division of the ground into units: an immutable result folder, and what was edited on it since."""

    class Source(models.TextChoices):
        """Where it came from."""

        SOLVED = "solved", _("计算划定")
        DRAWN = "drawn", _("规划院划定")
        EDITED = "edited", _("人工调整")

    plan = models.ForeignKey(SpecialPlan, on_delete=models.CASCADE, related_name="alternatives")
    title = models.CharField(max_length=120)
    source = models.CharField(max_length=20, choices=Source.choices)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    """SHA-256 over its result folder; names the folder it is kept in. Empty while it is being made."""
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    """Alternative it was edited from."""
    edits = models.JSONField(default=list, blank=True)
    """Edits made on the folder that were not yet saved as an alternative, in order."""
    undone = models.JSONField(default=list, blank=True)
    """Edits taken back, the last one first."""
    figures = models.JSONField(default=dict, blank=True)
    """What its certificate says: number of units, parts of the objective, bound, gap, breaches."""
    adopted = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One adopted at most."""

        constraints = (
            models.UniqueConstraint(fields=("plan",), condition=models.Q(adopted=True), name="planning_one_adopted"),
        )
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """Name of its stream in the log."""
        return f"alternative:{self.pk}"
