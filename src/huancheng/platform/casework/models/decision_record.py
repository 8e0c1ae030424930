"""What a meeting or a red-headed document decided, as a clerk entered it and a second person checks it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from huancheng.platform.audit.models import Event
from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.models.case import Case
from huancheng.platform.files.models import StoredFile


class DecisionRecord(models.Model):
    """A decision entered by a clerk. The route moves only when another person has compared it with the paper."""

    class Status(models.TextChoices):
        """Whether the second person has seen it."""

        PENDING = "pending", "待复核"
        CONFIRMED = "confirmed", "已复核"
        REFUSED = "refused", "复核不通过"
        OVERTAKEN = "overtaken", "已失效"
        """The step ended or began anew meanwhile."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decision_records")
    step = models.CharField(max_length=60)
    passed = models.BooleanField(null=True)
    """Yes or no; empty where votes tell it, or the step judges nothing."""
    yes = models.PositiveIntegerField(null=True)
    present = models.PositiveIntegerField(null=True)
    seats = models.PositiveIntegerField(null=True)
    recused = models.PositiveIntegerField(null=True)
    paper = models.CharField(max_length=120)
    """Number of the minutes or the document."""
    document_day = models.DateField()
    """Date of the paper, apart from the day of entry."""
    entered_on = models.DateField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entered_records")
    entered_on_behalf_of = models.BigIntegerField(null=True)
    entry = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    """Entry of the log that tells of it; holds the words of the decision."""
    scan = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PENDING)
    checked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="checked_records")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        """One that waits in a step at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "step"), condition=Q(status="pending"), name="casework_record_pending_once"
            ),
        )
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.paper} {self.get_status_display()}"
