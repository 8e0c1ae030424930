"""What was done on which day."""

from __future__ import annotations

from django.db import models


class DailyRun(models.Model):
    """A daily function on one day."""

    name = models.CharField(max_length=60)
    day = models.DateField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=80, blank=True)
    """Class of what went wrong; the log says more."""

    class Meta:
        """Once a day."""

        constraints = (models.UniqueConstraint(fields=("name", "day"), name="operations_daily_run_once"),)
        ordering = ("-day", "name")

    def __str__(self) -> str:
        return f"{self.name} {self.day}"
