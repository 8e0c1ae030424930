"""Where a jurisdiction lies: administrative divisions, and managed areas that lie inside them."""

from __future__ import annotations

from django.db import models

from huancheng.platform.bodies.models.body import Body


class Division(models.Model):
    """An administrative division (行政区划): the tree by which statistics count, with dates."""

    key = models.CharField(max_length=60)
    """Id of the jurisdiction in the pack, or of the division in a snapshot; the same through all its versions."""
    code = models.CharField(max_length=12, blank=True)
    """Statistical code."""
    name = models.CharField(max_length=120)
    level = models.CharField(max_length=20)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    jurisdiction = models.CharField(max_length=60, blank=True, db_index=True)
    source = models.CharField(max_length=120, blank=True)
    """The pack or snapshot it was read from."""
    geometry = models.BinaryField(null=True, blank=True)
    """Outline as WKB in CGCS2000 longitude and latitude; empty where only the name is known."""
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        """One version of a division begins on one day."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("key", "valid_from"), name="bodies_division_once"),)

    def __str__(self) -> str:
        return self.name


class ManagedArea(models.Model):
    """An area a committee manages (管辖范围) although by statistical code it belongs to a division, with dates."""

    key = models.CharField(max_length=60)
    name = models.CharField(max_length=120)
    jurisdiction = models.CharField(max_length=60, blank=True, db_index=True)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="managed_areas")
    """Who manages it."""
    inside = models.ManyToManyField(Division, related_name="managed_areas", blank=True)
    source = models.CharField(max_length=120, blank=True)
    geometry = models.BinaryField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        """One version of an area begins on one day."""

        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("key", "valid_from"), name="bodies_managed_area_once"),)

    def __str__(self) -> str:
        return self.name
