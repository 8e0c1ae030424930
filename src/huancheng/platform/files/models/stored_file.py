"""A file that was taken in."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """Bytes kept once under their SHA-256; the name given by the person who brought it is only a label."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    format = models.CharField(max_length=20)
    """Id of its format in `formats.yaml`, told from the content, never from the name alone."""
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(null=True)
    """Pages, where the format says so."""
    flags = models.JSONField(default=list)
    """What a reader should know: ids of `files.domain.findings.Flag`."""
    created_at = models.DateTimeField()
    wanted_at = models.DateTimeField(db_index=True)
    """When somebody last brought it; what nothing refers to a day later is swept."""

    def __str__(self) -> str:
        return self.sha256[:12]
