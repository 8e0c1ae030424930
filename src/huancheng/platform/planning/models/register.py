"""The register of plans (规划台账) and what the natural-resources bureau wrote about them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huancheng.platform.files.models import StoredFile
from huancheng.platform.planning.models.place import Ground


class PlanRecord(Ground):
    """A plan that others must agree with: its state, number and coverage. Its layers belong to the bureau."""

    class Kind(models.TextChoices):
        """What it is."""

        MASTER = "master", _("国土空间总体规划")
        REGULATORY = "regulatory", _("控制性详细规划")
        SPECIAL = "special", _("专项规划")
        UNIT = "unit", _("更新单元规划")

    class State(models.TextChoices):
        """Where it stands."""

        COMPILING = "compiling", _("编制中")
        APPROVED = "approved", _("已批准")
        REVISING = "revising", _("修编中")
        REPEALED = "repealed", _("已废止")

    kind = models.CharField(max_length=20, choices=Kind.choices, db_index=True)
    title = models.CharField(max_length=200)
    jurisdiction = models.CharField(max_length=60, blank=True, db_index=True)
    """Id of the jurisdiction; empty for the whole city."""
    state = models.CharField(max_length=20, choices=State.choices, default=State.COMPILING)
    number = models.CharField(max_length=80, blank=True)
    """Number of the approval (文号)."""
    approved_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    evaluated_on = models.DateField(null=True, blank=True)
    evaluate_by = models.DateField(null=True, blank=True)
    """Day by which it is to be evaluated next."""
    trigger = models.CharField(max_length=400, blank=True)
    """What would make it be revised."""
    coverage = models.CharField(max_length=200, blank=True)
    """Name of the file its coverage was read from."""
    edition = models.PositiveIntegerField(default=0)
    """Counts changes, so that a form filled in under an older one is told so."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """By kind, the newest first."""

        ordering = ("kind", "-approved_on", "-id")

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """Name of its stream in the log."""
        return f"plan-record:{self.pk}"


class BureauOpinion(models.Model):
    """A written opinion of the natural-resources bureau on whether something agrees with a plan.

    It outranks our overlay.
    """

    class Conclusion(models.TextChoices):
        """What it says."""

        CONFORMS = "conforms", _("符合")
        CONDITIONAL = "conditional", _("有条件符合")
        CONFLICTS = "conflicts", _("不符合")

    plan = models.ForeignKey(PlanRecord, null=True, blank=True, on_delete=models.PROTECT, related_name="opinions")
    """Plan it was measured against; empty for all of them."""
    subject_kind = models.CharField(max_length=30)
    """`special_plan`, `unit` or `unit_plan`."""
    subject_key = models.PositiveBigIntegerField()
    conclusion = models.CharField(max_length=20, choices=Conclusion.choices)
    number = models.CharField(max_length=80, blank=True)
    given_on = models.DateField()
    says = models.TextField(blank=True)
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """The newest first: it holds."""

        indexes = (models.Index(fields=("subject_kind", "subject_key")),)
        ordering = ("-given_on", "-id")

    def __str__(self) -> str:
        return f"{self.number} {self.get_conclusion_display()}"
