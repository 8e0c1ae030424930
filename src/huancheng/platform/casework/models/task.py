"""What waits for whom: the worklist."""

from __future__ import annotations

from django.db import models

from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.models.case import Case


class Task(models.Model):
    """A step that waits for a body now. Made from the state of the case after each change, never edited by hand."""

    class Status(models.TextChoices):
        """What it waits for."""

        READY = "ready", "待办"
        STOPPED = "stopped", "补正中"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    step = models.CharField(max_length=60)
    kind = models.CharField(max_length=30)
    """Kind of step: says which roles carry it out."""
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="tasks")
    through = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="tasks_through")
    """Body whose clerks record for it."""
    sender = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="tasks_sent")
    """Body that sent the papers and corrects them."""
    author = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="tasks_written")
    """Body that wrote the contents and corrects them."""
    author_through = models.ForeignKey(Body, null=True, on_delete=models.PROTECT, related_name="+")
    """Body whose clerks record for the author."""
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.READY)
    ready_on = models.DateField()
    due_on = models.DateField(null=True, db_index=True)
    provisional = models.BooleanField(default=False)
    """Whether the deadline counts days of a calendar not yet published."""
    holder = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="tasks")
    """Person it was handed to; anyone of the body with the role while empty."""
    chased_on = models.DateField(null=True)
    escalated_on = models.DateField(null=True)

    class Meta:
        """By deadline."""

        constraints = (models.UniqueConstraint(fields=("case", "step"), name="casework_task_once"),)
        indexes = (models.Index(fields=("body", "kind", "due_on")), models.Index(fields=("through", "due_on")))
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return f"{self.case.number} {self.step}"
