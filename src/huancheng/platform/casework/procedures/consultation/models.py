"""Opinions asked of bodies, what they answered, and the findings of reviewers."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.models.case import Case
from huancheng.platform.files.models import StoredFile


class OpinionRequest(models.Model):
    """A body was asked for its opinion in a step."""

    class Status(models.TextChoices):
        """What became of it."""

        OPEN = "open", _("待答复")
        ANSWERED = "answered", _("已答复")
        LAPSED = "lapsed", _("逾期未答复，视为无异议")
        CANCELLED = "cancelled", _("已撤销")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="opinion_requests")
    step = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    """Round of the case; what was asked in an earlier one no longer counts."""
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="opinion_requests")
    asked_by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="requests_made")
    asked_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    provisional = models.BooleanField(default=False)
    silence_consents = models.BooleanField(default=False)
    """Whether the pack takes no answer in time as no objection."""
    matter = models.TextField(blank=True)
    """What is asked, in words."""
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.OPEN)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        """A body is asked once in a step and round; after a cancelled request it may be asked again."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "step", "round", "body"),
                condition=~Q(status="cancelled"),
                name="casework_opinion_request_once",
            ),
        )
        indexes = (models.Index(fields=("body", "status", "due_on"), name="casework_opinion_waits"),)
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.body} {self.get_status_display()}"


class OpinionAnswer(models.Model):
    """What a body answered. Nothing is written over: a later answer stands beside the first."""

    class Opinion(models.TextChoices):
        """In one word."""

        AGREE = "agree", _("同意")
        REMARKS = "remarks", _("同意但有意见")
        DISAGREE = "disagree", _("不同意")
        NONE = "none", _("无意见")

    request = models.ForeignKey(OpinionRequest, on_delete=models.CASCADE, related_name="answers")
    opinion = models.CharField(max_length=20, choices=Opinion.choices)
    text = models.TextField(blank=True)
    paper = models.CharField(max_length=120, blank=True)
    """Number of the written answer."""
    day = models.DateField()
    """Date of the answer, apart from the day it was entered."""
    entered_on = models.DateField()
    entered_by = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="answers_entered")
    """The body itself, or the asker whose clerk entered its paper."""
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    late = models.BooleanField(default=False)
    """Whether it came after the request was closed: kept, and counted in no result."""

    class Meta:
        """In the order they came."""

        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.request.body} {self.get_opinion_display()}"

    @property
    def entered_for(self) -> bool:
        """Whether somebody else entered it from a paper."""
        return self.entered_by_id != self.request.body_id


class Finding(models.Model):
    """What a legality review or a risk assessment found, in terms that can be counted."""

    class Kind(models.TextChoices):
        """Which review."""

        LEGALITY = "legality_review", _("合法性审查")
        RISK = "risk_assessment", _("风险评估")

    class Result(models.TextChoices):
        """The result; the first three are of legality, the last three of risk."""

        LAWFUL = "lawful", _("合法")
        AFTER_CHANGES = "after_changes", _("修改后合法")
        UNLAWFUL = "unlawful", _("不合法")
        HIGH = "high", _("高风险")
        MEDIUM = "medium", _("中风险")
        LOW = "low", _("低风险")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="findings")
    step = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    kind = models.CharField(max_length=30, choices=Kind.choices)
    result = models.CharField(max_length=20, choices=Result.choices)
    text = models.TextField(blank=True)
    """What was examined and why it was found so."""
    measures = models.TextField(blank=True)
    """Changes demanded, or measures against the risk."""
    paper = models.CharField(max_length=120, blank=True)
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    found_on = models.DateField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="findings")

    class Meta:
        """One in a step and round."""

        constraints = (models.UniqueConstraint(fields=("case", "step", "round"), name="casework_finding_once"),)
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.get_result_display()}"
