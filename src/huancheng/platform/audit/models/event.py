"""One entry of the log."""

from __future__ import annotations

from django.db import models


class Event(models.Model):
    """Something that changed, never itself changed: each entry carries the digest of the one before it in its stream.

    No personal data stands here: people are numbers, and free text lies in `Words`, of which only the digest is
    chained, so that it can be erased without breaking the chain.
    """

    stream = models.CharField(max_length=60, db_index=True)
    """What it is about, as `case:17` or `person:3`."""
    sequence = models.PositiveIntegerField()
    """1, 2, 3 … within the stream."""
    code = models.CharField(max_length=60, db_index=True)
    """What happened, as a dotted code: `case.decided`."""
    at = models.DateTimeField(db_index=True)
    """When it was entered."""
    day = models.DateField()
    """When it took effect: the date of the paper."""
    actor = models.BigIntegerField(null=True, db_index=True)
    """Person who did it; empty for the program itself."""
    body = models.BigIntegerField(null=True, db_index=True)
    """Body for which the person acted."""
    on_behalf_of = models.BigIntegerField(null=True)
    """Person whose post was exercised by delegation."""
    role = models.CharField(max_length=30, blank=True)
    request = models.CharField(max_length=36, blank=True, db_index=True)
    """One number for all that one request changed."""
    data = models.JSONField(default=dict)
    words_digest = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        """One number once in each stream."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("stream", "sequence"), name="audit_event_once"),)

    def __str__(self) -> str:
        return f"{self.place} {self.code}"

    @property
    def place(self) -> str:
        """Where it stands in the log, as `case:17#4`."""
        return f"{self.stream}#{self.sequence}"
