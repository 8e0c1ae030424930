"""Bodies: governments, bureaus, committees, and those who stand outside."""

from __future__ import annotations

from django.db import models


class Body(models.Model):
    """A body that can act, be asked or be told. Made from the pack; entities and outside bodies are added."""

    class Kind(models.TextChoices):
        """What it is."""

        ORGAN = "organ", "机关"
        COMMITTEE = "committee", "委员会"
        GROUP = "group", "单位集合"
        OUTSIDE = "outside", "外部单位或人群"
        ENTITY = "entity", "实施主体"

    name = models.CharField(max_length=120, unique=True)
    reference = models.CharField(max_length=60, blank=True, db_index=True)
    """Body or role of the pack it was made from."""
    level = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.ORGAN)
    jurisdiction = models.CharField(max_length=60, blank=True, db_index=True)
    """Id of the jurisdiction it belongs to; empty for the city's own bodies."""
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    acts_through = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="acts_for")
    """Body whose clerks record what this one decides: a government decides in meetings, its office enters it."""
    positions = models.JSONField(default=list, blank=True)
    """Posts of which a committee is made, in the pack's words; never people's names."""
    active = models.BooleanField(default=True)
    retired_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    """Body that took over its duties when it was merged or dissolved."""

    class Meta:
        """In the order they were made: the pack's."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.name

    @property
    def stands_outside(self) -> bool:
        """Whether it is no part of the administration."""
        return self.kind in {self.Kind.OUTSIDE, self.Kind.ENTITY}


class FormerName(models.Model):
    """A name a body had until a day: cases begun under it still find the body."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120, unique=True)
    until = models.DateField()
    """Last day of the name."""

    class Meta:
        """The newest first."""

        ordering = ("-until", "-id")

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A body's seat in a group or committee, with dates."""

    group = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        """One seat at a time."""

        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("group", "member", "valid_from"), name="bodies_membership_once"),
        )

    def __str__(self) -> str:
        return f"{self.member} @ {self.group}"
