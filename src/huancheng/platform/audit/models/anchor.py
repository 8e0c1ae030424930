"""A mark over the whole log on one day."""

from __future__ import annotations

from django.db import models


class Anchor(models.Model):
    """Where every stream of the log stood that moved since the anchor before, whose digest it carries.

    The chain of a stream doesn't show that its last entries were cut off; an anchor does. An anchor whose text was
    printed, signed or kept elsewhere shows it even to someone who rewrote the whole database.
    """

    number = models.PositiveIntegerField(unique=True)
    """1, 2, 3 …"""
    at = models.DateTimeField()
    last_event = models.BigIntegerField()
    """Id of the last entry it covers."""
    entries = models.PositiveIntegerField()
    """How many entries came since the anchor before."""
    heads = models.JSONField()
    """Where the streams stood that moved: `{"case:17": [4, "<digest of entry 4>"]}`."""
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """Oldest first."""

        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
