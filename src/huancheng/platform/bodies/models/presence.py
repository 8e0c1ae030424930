"""Where a person is signed in, and when an administrator opened the timed session."""

from __future__ import annotations

from django.db import models

from huancheng.platform.bodies.models.person import Person, Post


class Presence(models.Model):
    """A browser in which a person is signed in. Deleted when they sign out: it is no record, the log is."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="presences")
    session_key = models.CharField(max_length=40, unique=True)
    address = models.GenericIPAddressField(null=True)
    browser = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-begun_at", "-id")

    def __str__(self) -> str:
        return f"{self.person} {self.begun_at}"


class Elevation(models.Model):
    """A timed session in which an administrator has power, with a reason before and a comment after.

    Both are free text and stand in the log's words, with the events `elevation.opened` and `elevation.closed`.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="elevations")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="elevations")
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-opened_at", "-id")

    def __str__(self) -> str:
        return f"{self.post} {self.opened_at}"


class StagedPeople(models.Model):
    """Rows of a workbook read but not yet taken over; emptied once they are, so that no personal data stay behind."""

    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="staged_people")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="staged_people")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=200, blank=True)
    rows = models.JSONField(default=list)
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.file_name} {self.at}"
