"""Free text that belongs to an entry of the log."""

from __future__ import annotations

from django.db import models

from huancheng.platform.audit.models.event import Event


class Words(models.Model):
    """An opinion, reason or remark. May be erased on a person's demand; the entry keeps its digest."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="words", primary_key=True)
    text = models.TextField(blank=True)
    salt = models.CharField(max_length=32, blank=True)
    """Random, and erased with the text, so that a short text can't be guessed from its digest."""
    erased_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.text
