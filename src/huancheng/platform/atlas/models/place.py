"""A named place of a snapshot."""

from __future__ import annotations

from django.db import models

from huancheng.platform.atlas.models.snapshot import SnapshotRecord


class Place(models.Model):
    """Something with a name that can be searched for: a division, an estate, a street, a facility."""

    snapshot = models.ForeignKey(SnapshotRecord, on_delete=models.CASCADE, related_name="places")
    layer = models.CharField(max_length=40)
    feature = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=60, blank=True)
    """Words for its class: 小学, 街道、镇、乡."""
    inside = models.CharField(max_length=120, blank=True)
    """Street or county it lies in, to tell namesakes apart."""
    rank = models.PositiveSmallIntegerField()
    """Place of its layer in a list of hits."""
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()

    class Meta:
        """Divisions before estates before streets before facilities."""

        indexes = (models.Index(fields=("snapshot", "rank", "name")),)
        ordering = ("rank", "name", "id")

    def __str__(self) -> str:
        return self.name
