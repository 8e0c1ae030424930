"""That a worker lives."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """When a worker last gave a sign of life."""

    worker = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
