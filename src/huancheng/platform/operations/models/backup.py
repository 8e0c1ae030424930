"""That a backup was made."""

from __future__ import annotations

from django.db import models


class Backup(models.Model):
    """An archive that was written; it may lie elsewhere by now."""

    at = models.DateTimeField()
    name = models.CharField(max_length=200)
    """Name of the file, without its folder."""
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.PositiveBigIntegerField()
    files = models.PositiveBigIntegerField()

    class Meta:
        """Newest first."""

        ordering = ("-at",)

    def __str__(self) -> str:
        return self.name

    @property
    def megabytes(self) -> float:
        """Its size in megabytes."""
        return self.size / (1 << 20)
