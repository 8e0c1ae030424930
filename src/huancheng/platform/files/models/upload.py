"""A file that is being brought piece by piece."""

from __future__ import annotations

import uuid

from django.db import models

from huancheng.platform.files.models.stored_file import StoredFile


class Upload(models.Model):
    """An upload under way or finished, bound to the person who began it; pieces follow one another without gaps."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.BigIntegerField(db_index=True)
    name = models.CharField(max_length=240)
    size = models.PositiveBigIntegerField()
    piece = models.PositiveIntegerField()
    """Bytes of every piece but the last."""
    received = models.PositiveBigIntegerField(default=0)
    stored = models.ForeignKey(StoredFile, null=True, on_delete=models.SET_NULL, related_name="+")
    """What came of it; empty until it is finished. Holds nothing: only a paper keeps a file from being swept."""
    created_at = models.DateTimeField(db_index=True)
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        """Newest first."""

        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.pk} {self.received}/{self.size}"
