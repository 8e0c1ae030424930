"""How often somebody asked for something within a window of time."""

from __future__ import annotations

from django.db import models


class RateWindow(models.Model):
    """A count; the key is a keyed digest, so that it names nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    begun_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.count} since {self.begun_at}"
