"""A figure of a check-up."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huancheng.evidence import State
from huancheng.platform.checkups.models.run import CheckupRunRecord
from huancheng.report.numerals import format_number


class ScopeKind(models.TextChoices):
    """What ground a figure speaks of."""

    CITY = "city", _("全市")
    COUNTY = "county", _("县（市、区）")
    MANAGED_AREA = "managed_area", _("管辖范围")
    STREET = "street", _("街道")
    COMMUNITY = "community", _("社区")
    ESTATE = "estate", _("小区")


class IndicatorValue(models.Model):
    """One indicator for one scope, as the run stored it: the value that pages, maps and documents all draw."""

    run = models.ForeignKey(CheckupRunRecord, on_delete=models.CASCADE, related_name="figures")
    position = models.PositiveIntegerField()
    """Place in the run's table: the system's order, the city before its parts."""
    indicator = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    group = models.CharField(max_length=60)
    element = models.CharField(max_length=80, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    scope_kind = models.CharField(max_length=20, choices=ScopeKind.choices)
    scope_id = models.CharField(max_length=60, blank=True)
    scope_name = models.CharField(max_length=120)
    amount = models.FloatField(null=True)
    state = models.CharField(max_length=20)
    provenance = models.CharField(max_length=20, blank=True)
    provenance_shares = models.TextField(blank=True)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    denominator_name = models.CharField(max_length=160, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=400, blank=True)
    operator = models.CharField(max_length=60, blank=True)
    target = models.CharField(max_length=120, blank=True)
    target_certainty = models.CharField(max_length=20, blank=True)
    grade = models.CharField(max_length=20, blank=True)
    grade_certainty = models.CharField(max_length=20, blank=True)
    direction = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        """One figure for each indicator and scope of a run."""

        constraints = (
            models.UniqueConstraint(fields=("run", "indicator", "scope_kind", "scope_id"), name="checkups_value_once"),
        )
        indexes = (models.Index(fields=("run", "scope_kind", "position")),)
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.indicator} {self.scope_name}"

    @property
    def words(self) -> str:
        """The figure as documents print it; empty where it is not known."""
        return "" if self.amount is None else format_number(self.amount, self.unit)

    @property
    def is_missing(self) -> bool:
        """Whether it should be known and is not."""
        return self.state == State.MISSING.value
