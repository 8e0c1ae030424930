"""Unit plans (单元规划)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.models import Case
from huancheng.platform.common.models import Job
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
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="unit_plans")
    """The case that carries this version to its approval."""
    change_case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="changed_for")
    """The case that changes the regulatory plan for it, where one is needed."""
    filled = models.JSONField(default=dict, blank=True)
    """What a planner states, as `planning.domain.unit_forms` keeps the form of `huancheng.planning.unit_plan`."""
    parcels = models.JSONField(default=dict, blank=True)
    """Shapes of the planned parcels as GeoJSON in longitude and latitude, with the name of the file they came from."""
    computed = models.JSONField(default=dict, blank=True)
    """What was computed from it and the snapshot, each value as evidence."""
    computed_edition = models.PositiveIntegerField(null=True, blank=True)
    """Edition it was computed of; an older one is out of date."""
    computed_at = models.DateTimeField(null=True, blank=True)
    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    """The work in the background that was asked for last."""
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 over its newest documents and layers; empty until they were made."""
    edition = models.PositiveIntegerField(default=0)
    """Counts changes of what is filled in, so that a form filled in under an older one is told so."""
    adopted_on = models.DateField(null=True, blank=True)
    number = models.CharField(max_length=80, blank=True)
    """Number of the approval."""
    filed_number = models.CharField(max_length=80, blank=True)
    """Number under which it was filed."""
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

    @property
    def is_current(self) -> bool:
        """Whether what was computed is of this very edition."""
        return self.computed_edition == self.edition
