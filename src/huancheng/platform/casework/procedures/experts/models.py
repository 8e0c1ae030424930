"""The pool of experts, the panels drawn from it, and their opinions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huancheng.platform.bodies.models import Body, Person
from huancheng.platform.casework.models.case import Case
from huancheng.platform.casework.models.subject import Subject
from huancheng.platform.files.models import StoredFile


class Expert(models.Model):
    """Someone who can be drawn."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="expert")
    fields = models.JSONField(default=list)
    """Fields of knowledge, as 规划 or 结构; plain words the office keeps."""
    employer = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT, related_name="employed_experts")
    rank = models.CharField(max_length=60, blank=True)
    """Professional title."""
    active = models.BooleanField(default=True)
    added_on = models.DateField()

    class Meta:
        """In the order they were taken in."""

        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.person)


class Conflict(models.Model):
    """Why an expert must not judge what concerns a body, an entity or a subject."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="conflicts")
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.CASCADE, related_name="expert_conflicts")
    subject = models.ForeignKey(
        Subject, null=True, blank=True, on_delete=models.CASCADE, related_name="expert_conflicts"
    )
    reason = models.CharField(max_length=240)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        """About one body or one subject."""

        constraints = (
            models.CheckConstraint(
                condition=Q(body__isnull=False, subject__isnull=True) | Q(body__isnull=True, subject__isnull=False),
                name="casework_conflict_one_thing",
            ),
        )
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.expert}: {self.reason}"


class Panel(models.Model):
    """Experts drawn for a step, once in a round; the order of the whole pool follows from the seed."""

    class Status(models.TextChoices):
        """How far it is."""

        OPEN = "open", _("论证中")
        CONCLUDED = "concluded", _("已形成结论")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="panels")
    step = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    seed = models.CharField(max_length=64)
    """Random, made at the draw and shown: with it anyone can repeat the draw."""
    seats = models.PositiveIntegerField()
    """How many experts sit on it; odd."""
    fields = models.JSONField(default=list)
    """Fields wanted; empty for any."""
    excluded = models.JSONField(default=list)
    """Experts left out, each with the reasons: `[{"expert": 3, "reasons": ["employer"]}]`."""
    drawn_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    summary = models.TextField(blank=True)
    """What the opinions come to, for the meeting."""
    paper = models.CharField(max_length=120, blank=True)
    passed = models.BooleanField(null=True)

    class Meta:
        """One in a step and round."""

        constraints = (models.UniqueConstraint(fields=("case", "step", "round"), name="casework_panel_once"),)
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case} {self.step} {self.get_status_display()}"


class PanelSeat(models.Model):
    """One expert's place on a panel."""

    class Status(models.TextChoices):
        """Whether the expert sits on it."""

        ASSIGNED = "assigned", _("待出具意见")
        GIVEN = "given", _("已出具意见")
        DECLINED = "declined", _("不能参加")

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="places")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="places")
    order = models.PositiveIntegerField()
    """Place in the order of the draw."""
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replacement")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.ASSIGNED)
    declined_reason = models.CharField(max_length=240, blank=True)

    class Meta:
        """An expert is called once."""

        constraints = (models.UniqueConstraint(fields=("panel", "expert"), name="casework_panel_seat_once"),)
        ordering = ("order",)

    def __str__(self) -> str:
        return f"{self.expert} {self.get_status_display()}"


class ExpertOpinion(models.Model):
    """What an expert thinks, in their own hand or entered from the signed sheet."""

    class Verdict(models.TextChoices):
        """In one word."""

        FOR = "for", _("赞成")
        AFTER_CHANGES = "after_changes", _("修改后赞成")
        AGAINST = "against", _("反对")

    place = models.OneToOneField(PanelSeat, on_delete=models.PROTECT, related_name="opinion")
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    text = models.TextField()
    day = models.DateField()
    entered_for = models.BooleanField(default=False)
    """Whether a clerk entered it from the signed sheet."""
    paper = models.CharField(max_length=120, blank=True)
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.place.expert} {self.get_verdict_display()}"
