"""Meetings of committees: who sits, what is on the agenda, how they voted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.models.case import Case
from huancheng.platform.files.models import StoredFile


class Meeting(models.Model):
    """A meeting in which a committee decides on one or several cases."""

    class Status(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("进行中")
        CLOSED = "closed", _("已结束")

    committee = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    host = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="hosted_meetings")
    """Body whose clerks keep the meeting's papers."""
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    place = models.CharField(max_length=120, blank=True)
    secret = models.BooleanField(default=False)
    """Whether ballots are secret: then only totals are kept."""
    minutes = models.TextField(blank=True)
    paper = models.CharField(max_length=120, blank=True)
    """Number of the minutes."""
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)

    class Meta:
        """Newest first."""

        ordering = ("-held_on", "-id")

    def __str__(self) -> str:
        return self.title

    @property
    def stream(self) -> str:
        """Name of its stream in the log."""
        return f"meeting:{self.pk}"


class Seat(models.Model):
    """A seat of the committee in a meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    """The post or member body that holds the seat."""
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="meeting_seats")
    present = models.BooleanField(default=False)
    substitute = models.CharField(max_length=60, blank=True)
    """Who sat there in the holder's stead."""

    class Meta:
        """In the order of the roster."""

        constraints = (models.UniqueConstraint(fields=("meeting", "number"), name="casework_meeting_seat_once"),)
        ordering = ("number",)

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """A case on the agenda. Votes entered by one person decide the step once another has confirmed them."""

    class Status(models.TextChoices):
        """How far it is."""

        PLANNED = "planned", _("待表决")
        ENTERED = "entered", _("已登记，待复核")
        DECIDED = "decided", _("已复核")
        DEFERRED = "deferred", _("暂缓")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="agenda_items")
    step = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.PLANNED)
    decision = models.TextField(blank=True)
    """What the committee decided, in words."""
    yes = models.PositiveIntegerField(null=True, blank=True)
    no = models.PositiveIntegerField(null=True, blank=True)
    abstained = models.PositiveIntegerField(null=True, blank=True)
    recused = models.PositiveIntegerField(null=True, blank=True)
    passed = models.BooleanField(null=True)
    entered_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_on_behalf_of = models.BigIntegerField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A step is on one agenda at a time."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "step", "round"),
                condition=~Q(status="deferred"),
                name="casework_agenda_item_once",
            ),
        )
        ordering = ("meeting", "number")

    def __str__(self) -> str:
        return f"{self.number}. {self.case}"


class SeatVote(models.Model):
    """How a seat voted on an item. In a secret ballot only recusals stand here."""

    class Vote(models.TextChoices):
        """The vote."""

        YES = "yes", _("同意")
        NO = "no", _("不同意")
        ABSTAIN = "abstain", _("弃权")
        RECUSED = "recused", _("回避")

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="votes")
    vote = models.CharField(max_length=20, choices=Vote.choices)
    reason = models.CharField(max_length=240, blank=True)
    """Why the seat withdrew from the item."""

    class Meta:
        """One vote for each seat."""

        constraints = (models.UniqueConstraint(fields=("item", "seat"), name="casework_seat_vote_once"),)
        ordering = ("seat__number",)

    def __str__(self) -> str:
        return f"{self.seat} {self.get_vote_display()}"
