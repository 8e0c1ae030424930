"""What an instrument contains: the parts people write, and what was handed in."""

from __future__ import annotations

from django.db import models

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.models.case import Case


class Part(models.Model):
    """A part as it is being written. Only an edition is what was handed in."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parts")
    name = models.CharField(max_length=120)
    """Name from the instrument's contents or annexes."""
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    """Times saved; who writes over a newer text is told."""
    updated_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    updated_at = models.DateTimeField(null=True)

    class Meta:
        """Once in a case."""

        constraints = (models.UniqueConstraint(fields=("case", "name"), name="casework_part_once"),)
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """All parts as they were handed in once; the log holds their digests, so that nobody can change them unseen."""

    class Occasion(models.TextChoices):
        """Why it was handed in."""

        SUBMITTED = "submitted", "提交"
        CORRECTED = "corrected", "补正"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    round = models.PositiveIntegerField()
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    step = models.CharField(max_length=60)
    parts = models.JSONField()
    """Text by name, in the order of the instrument."""
    taken_on = models.DateField()

    class Meta:
        """1, 2, 3 … in a case."""

        constraints = (models.UniqueConstraint(fields=("case", "number"), name="casework_edition_once"),)
        ordering = ("case", "number")

    def __str__(self) -> str:
        return f"{self.case_id} 第{self.number}稿"
