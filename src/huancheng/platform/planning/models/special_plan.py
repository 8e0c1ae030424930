"""Special plans (专项规划) and the key areas they name."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huancheng.platform.casework.models import Case, Subject
from huancheng.platform.checkups.models import CheckupRunRecord
from huancheng.platform.planning.models.place import Ground
from huancheng.platform.planning.models.register import PlanRecord


class SpecialPlan(models.Model):
    """A jurisdiction's special plan, in one of its versions."""

    class State(models.TextChoices):
        """Where the version stands."""

        DRAFT = "draft", _("编制中")
        ADOPTED = "adopted", _("已定稿")
        REPLACED = "replaced", _("已被替代")

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="special_plans")
    """What its cases are about; of kind `jurisdiction`."""
    jurisdiction = models.CharField(max_length=60, db_index=True)
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="later")
    state = models.CharField(max_length=20, choices=State.choices, default=State.DRAFT, db_index=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="special_plans")
    """The case that carries this version to its approval."""
    checkup = models.ForeignKey(CheckupRunRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="plans")
    upper_plans = models.ManyToManyField(PlanRecord, blank=True, related_name="cited_by")
    direction = models.TextField(blank=True)
    strategy = models.TextField(blank=True)
    goals = models.JSONField(default=list, blank=True)
    """Goals carried from findings of the check-up; each as `planning.domain.goals.Goal` writes it."""
    edition = models.PositiveIntegerField(default=0)
    """Counts changes, so that a form filled in under an older one is told so."""
    adopted_on = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One version once."""

        constraints = (models.UniqueConstraint(fields=("jurisdiction", "version"), name="planning_version_once"),)
        ordering = ("jurisdiction", "-version")

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"

    @property
    def stream(self) -> str:
        """Name of its stream in the log."""
        return f"special-plan:{self.pk}"


class KeyArea(Ground):
    """A key area (重点区域) of the city with its own direction of renewal; a layer apart from units."""

    plan = models.ForeignKey(SpecialPlan, on_delete=models.CASCADE, related_name="key_areas")
    name = models.CharField(max_length=120)
    direction = models.TextField(blank=True)

    class Meta:
        """In the order they were named."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
