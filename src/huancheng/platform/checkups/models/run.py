"""A check-up that was taken into the register."""

from __future__ import annotations

from django.db import models


class CheckupRunRecord(models.Model):
    """A run of one indicator system over one snapshot; its folder is kept, its rows are copied, neither changes."""

    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 over the run's files: names it, and tells a folder that was taken in before."""
    title = models.CharField(max_length=120)
    system = models.CharField(max_length=60, db_index=True)
    system_title = models.CharField(max_length=200)
    as_of = models.CharField(max_length=10)
    """Day the data speak of."""
    snapshot = models.CharField(max_length=64, db_index=True)
    """Digest of the snapshot it was run on."""
    scope_name = models.CharField(max_length=120)
    pack = models.CharField(max_length=120)
    """Pack and version whose definitions and targets it used."""
    details = models.JSONField(default=dict)
    """What `run.json` says of the groups, their grades and the counts by state."""
    taken_at = models.DateTimeField()

    class Meta:
        """Newest data first."""

        ordering = ("-as_of", "-id")

    def __str__(self) -> str:
        return f"{self.title} {self.system} {self.as_of}"

    @property
    def stream(self) -> str:
        """Name of its stream in the log."""
        return f"checkup:{self.pk}"
