"""A case, and who may see it."""

from __future__ import annotations

from django.db import models

from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.models.subject import Subject


class Case(models.Model):
    """A running instrument. What it is follows from its entries in the log; the columns only repeat it."""

    number = models.CharField(max_length=40, unique=True)
    """Number an officer reads, as 2026-UP-0007."""
    title = models.CharField(max_length=240)
    instrument = models.CharField(max_length=60, db_index=True)
    route = models.CharField(max_length=60)
    jurisdiction = models.CharField(max_length=60, db_index=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="cases")
    pack = models.CharField(max_length=64)
    """Digest of the pack it began under."""
    status = models.CharField(max_length=20, db_index=True)
    approved = models.BooleanField(default=False)
    cleared = models.BooleanField(default=False)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="opened_cases")
    initiator = models.BigIntegerField(null=True, db_index=True)
    """Person who opened it."""
    back_entered = models.BooleanField(default=False)
    """Whether any of it was entered afterwards (补录); such steps stay out of timeliness figures."""
    round = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=0)
    """Entries of its log that change something; a form that was filled in under an older version is told so."""
    updated_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def stream(self) -> str:
        """Name of its stream in the log."""
        return f"case:{self.pk}"


class Sight(models.Model):
    """A body that may see a case: it takes, took or sent something in it, or was asked."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sights")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="sights")

    class Meta:
        """Once for each body."""

        constraints = (models.UniqueConstraint(fields=("body", "case"), name="casework_sight_once"),)

    def __str__(self) -> str:
        return f"{self.body} sees {self.case}"


class PersonSight(models.Model):
    """A person to whom a case was assigned, as an expert who was drawn: they see it, whatever their body sees."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="person_sights")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="case_sights")

    class Meta:
        """Once for each person."""

        constraints = (models.UniqueConstraint(fields=("person", "case"), name="casework_person_sight_once"),)

    def __str__(self) -> str:
        return f"{self.person} sees {self.case}"
