"""A file that was taken in."""

from __future__ import annotations

from django.db import models


class StoredFile(models.Model):
    """Bytes kept once under their SHA-256; the name given by the person who brought it is only a label."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    """Told from the content, never from the name."""
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]
