"""A problem a check-up found."""

from __future__ import annotations

from django.db import models

from huancheng.platform.checkups.models.run import CheckupRunRecord
from huancheng.platform.checkups.models.value import ScopeKind


class ProblemRecord(models.Model):
    """A line of the problem list: an indicator that falls short in the city or in one of its parts, with its places."""

    run = models.ForeignKey(CheckupRunRecord, on_delete=models.CASCADE, related_name="problems")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=120)
    """Its number in the run: indicator, kind and number of the scope."""
    indicator = models.CharField(max_length=40, db_index=True)
    indicator_name = models.CharField(max_length=160)
    group = models.CharField(max_length=60)
    level = models.CharField(max_length=20)
    scope_kind = models.CharField(max_length=20, choices=ScopeKind.choices)
    scope_id = models.CharField(max_length=60, blank=True)
    scope_name = models.CharField(max_length=120)
    problem = models.CharField(max_length=240)
    count = models.FloatField()
    unit = models.CharField(max_length=40, blank=True)
    value_text = models.CharField(max_length=80)
    reason = models.CharField(max_length=400)
    certainty = models.CharField(max_length=20, blank=True)
    action = models.CharField(max_length=400)
    action_type = models.CharField(max_length=40, blank=True)
    responsible = models.CharField(max_length=160, blank=True)
    geometry = models.BinaryField()
    """WKB, CGCS2000 longitude and latitude (EPSG:4490)."""
    longitude = models.FloatField()
    latitude = models.FloatField()

    class Meta:
        """In the order of the run."""

        constraints = (models.UniqueConstraint(fields=("run", "key"), name="checkups_problem_once"),)
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.problem} {self.scope_name}"
