"""Numbers given to cases."""

from __future__ import annotations

from django.db import models


class NumberSeries(models.Model):
    """The last number given under a prefix; its row is locked while a case is opened."""

    prefix = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.prefix}{self.last}"
