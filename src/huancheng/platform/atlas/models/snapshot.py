"""A city snapshot that was taken in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class SnapshotRecord(models.Model):
    """A snapshot the map can show: an immutable folder named by its digest, its tiles, and where it stands."""

    class State(models.TextChoices):
        """Where it stands."""

        LOADING = "loading", "制作中"
        READY = "ready", "可用"
        REFUSED = "refused", "制作失败"
        RETIRED = "retired", "已停用"

    digest = models.CharField(max_length=64, unique=True)
    """Digest of the manifest; names the folder."""
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=160)
    as_of = models.CharField(max_length=10)
    crs = models.CharField(max_length=40)
    attribution = models.CharField(max_length=400, blank=True)
    approval = models.CharField(max_length=60, blank=True)
    """Map-approval number (审图号); printed maps carry an empty field while there is none."""
    state = models.CharField(max_length=20, choices=State.choices, default=State.LOADING, db_index=True)
    stage = models.CharField(max_length=120, blank=True)
    """What is being made, or why it could not be."""
    progress = models.PositiveSmallIntegerField(default=0)
    """0 to 100 of making its tiles and its list of places."""
    current = models.BooleanField(default=False)
    """Whether the map shows it; one at most."""
    layers = models.JSONField(default=dict)
    """Of each layer: rows and access class."""
    west = models.FloatField(null=True)
    south = models.FloatField(null=True)
    east = models.FloatField(null=True)
    north = models.FloatField(null=True)
    tiles_digest = models.CharField(max_length=64, blank=True)
    tiles_size = models.PositiveBigIntegerField(default=0)
    taken_at = models.DateTimeField()

    class Meta:
        """Newest data first; one is current."""

        constraints = (
            models.UniqueConstraint(fields=("current",), condition=Q(current=True), name="atlas_one_current"),
            models.CheckConstraint(condition=Q(current=False) | Q(state="ready"), name="atlas_current_is_ready"),
        )
        ordering = ("-as_of", "-id")

    def __str__(self) -> str:
        return f"{self.title} {self.as_of}"

    @property
    def stream(self) -> str:
        """Name of its stream in the log."""
        return f"snapshot:{self.pk}"
