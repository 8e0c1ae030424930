"""Notices, where they hang, what the public objected, and hearings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huancheng.platform.bodies.models import Body
from huancheng.platform.casework.models.case import Case
from huancheng.platform.casework.models.paper import PublicCopy
from huancheng.platform.files.models import StoredFile


class Notice(models.Model):
    """What the public reads about a case, from the day it is put up. Nothing else of the case is public."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="notices")
    step = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="notices")
    """Body in whose name it hangs."""
    title = models.CharField(max_length=200)
    text = models.TextField()
    contact = models.CharField(max_length=200, blank=True)
    """Where else one may object: address, telephone of the office."""
    published_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    """Last day on which it must hang; empty where no time is set."""

    class Meta:
        """Newest first; one in a step and round."""

        constraints = (models.UniqueConstraint(fields=("case", "step", "round"), name="casework_notice_once"),)
        ordering = ("-published_on", "-id")

    def __str__(self) -> str:
        return self.title


class NoticePlace(models.Model):
    """Where else a notice hung, with evidence."""

    class Kind(models.TextChoices):
        """What sort of place."""

        WEBSITE = "website", _("门户网站")
        BULLETIN = "bulletin", _("现场公告栏")
        PRESS = "press", _("报刊")
        OTHER = "other", _("其他")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="places")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    place = models.CharField(max_length=200)
    day = models.DateField()
    evidence = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """In the order entered."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.place


class NoticePaper(models.Model):
    """A paper to be read with the notice: always a copy made for the public, never the paper of the case itself."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="papers")
    title = models.CharField(max_length=200)
    copy = models.ForeignKey(PublicCopy, on_delete=models.PROTECT, related_name="hung_with")

    class Meta:
        """In the order entered."""

        ordering = ("id",)

    def __str__(self) -> str:
        return self.title


class Objection(models.Model):
    """What someone of the public said about a notice, and what they were answered."""

    class Channel(models.TextChoices):
        """How it came."""

        WEB = "web", _("网上")
        LETTER = "letter", _("来信")
        VISIT = "visit", _("来访")
        PHONE = "phone", _("来电")
        HEARING = "hearing", _("听证会")

    class Verdict(models.TextChoices):
        """What became of it."""

        ACCEPTED = "accepted", _("采纳")
        PARTLY = "partly", _("部分采纳")
        REFUSED = "refused", _("不采纳")

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="objections")
    receipt = models.CharField(max_length=20, unique=True)
    """Unguessable number with which its author follows the answer."""
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.WEB)
    text = models.TextField()
    received_on = models.DateField()
    verdict = models.CharField(max_length=20, choices=Verdict.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        """In the order they came."""

        indexes = (models.Index(fields=("notice", "verdict"), name="casework_objection_waits"),)
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.received_on}"


class ObjectionContact(models.Model):
    """Who objected, if they said so: personal data, kept apart, with the consent given, and erasable."""

    objection = models.OneToOneField(Objection, on_delete=models.CASCADE, related_name="contact", primary_key=True)
    name = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=200, blank=True)
    """Telephone, e-mail or post."""
    consented_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Hearing(models.Model):
    """A hearing held in a step: who came in numbers, what was said, what followed."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hearings")
    step = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    held_on = models.DateField()
    place = models.CharField(max_length=200)
    invited = models.PositiveIntegerField()
    attended = models.PositiveIntegerField()
    text = models.TextField()
    outcome = models.TextField()
    """What was taken up."""
    paper = models.CharField(max_length=120)
    """Number of the hearing's record."""
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        """In the order held."""

        ordering = ("held_on", "id")

    def __str__(self) -> str:
        return f"{self.held_on} {self.place}"
