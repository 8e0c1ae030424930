"""Workbooks by which cases that began before the system are entered together."""

from __future__ import annotations

from django.db import models

from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.models.case import Case


class BackEntryImport(models.Model):
    """One workbook: staged, checked, then taken row by row. Rows in = rows taken + rows refused."""

    class Status(models.TextChoices):
        """How far it has come."""

        STAGED = "staged", "待核对"
        RUNNING = "running", "登记中"
        DONE = "done", "已登记"

    instrument = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    """Name of the workbook as it was sent."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the workbook."""
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="back_entry_imports")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="back_entry_imports")
    role = models.CharField(max_length=30)
    at = models.DateTimeField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.STAGED)

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class BackEntryRow(models.Model):
    """One row of the workbook, as text, with what is wrong with it and what became of it."""

    class Status(models.TextChoices):
        """What became of it."""

        READY = "ready", "可登记"
        FAULTY = "faulty", "有错误"
        TAKEN = "taken", "已登记"
        REFUSED = "refused", "未登记"

    source = models.ForeignKey(BackEntryImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    """Number of the row in the workbook."""
    values = models.JSONField()
    """Text by column."""
    faults = models.JSONField(default=list)
    """`{"column": …, "message": …, "cure": …}`."""
    status = models.CharField(max_length=20, choices=Status.choices)
    case = models.OneToOneField(Case, null=True, on_delete=models.SET_NULL, related_name="back_entry_row")

    class Meta:
        """In the order of the workbook."""

        constraints = (models.UniqueConstraint(fields=("source", "number"), name="casework_back_entry_row_once"),)
        ordering = ("source", "number")

    def __str__(self) -> str:
        return f"{self.source_id} row {self.number}"
