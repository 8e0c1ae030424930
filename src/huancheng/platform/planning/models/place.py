"""Ground in the register: a shape with the box around it, so that a map asks for what it shows."""

from __future__ import annotations

from django.db import models


class Ground(models.Model):
    """A shape as WKB in CGCS2000 longitude and latitude (EPSG:4490); empty where none was given."""

    geometry = models.BinaryField(null=True, blank=True)
    west = models.FloatField(null=True, blank=True)
    south = models.FloatField(null=True, blank=True)
    east = models.FloatField(null=True, blank=True)
    north = models.FloatField(null=True, blank=True)

    class Meta:
        """No table of its own."""

        abstract = True
