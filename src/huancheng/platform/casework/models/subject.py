"""What a case is about."""

from __future__ import annotations

from django.db import models


class Subject(models.Model):
    """A thing that cases are about: a city, a unit, a project, a building. Later rooms bring theirs by kind and key."""

    kind = models.CharField(max_length=30)
    """The scope of the pack's instruments: city, jurisdiction, unit, project, building, household."""
    key = models.CharField(max_length=80)
    """Its number in the room that owns it."""
    title = models.CharField(max_length=200)
    jurisdiction = models.CharField(max_length=60, db_index=True)
    bindings = models.JSONField(default=dict, blank=True)
    """Bodies named case by case: `{"implementing_entity": <body id>}`."""
    geometry = models.BinaryField(null=True, blank=True)
    """WKB, CGCS2000 longitude and latitude (EPSG:4490)."""
    west = models.FloatField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)

    class Meta:
        """One of a kind."""

        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="casework_subject_once"),)
        ordering = ("kind", "key")

    def __str__(self) -> str:
        return self.title
