"""What people are told, and how they wish to be told."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.models.case import Case


class MessageKind(models.TextChoices):
    """What a message is about."""

    ARRIVED = "arrived", _("事项到达")
    CORRECTION = "correction", _("要求补正")
    DECIDED = "decided", _("作出决定")
    RETURNED = "returned", _("被退回")
    REMINDER = "reminder", _("临期提醒")
    ESCALATION = "escalation", _("逾期督办")
    CHASED = "chased", _("督办催办")
    MENTION = "mention", _("留言提到我")
    HANDED = "handed", _("转交给我")
    NOTICE_OVER = "notice_over", _("公示期满")
    DEADLINE_MOVED = "deadline_moved", _("期限变更")


class Message(models.Model):
    """Something a person was told about a case. Holds ids only: the words are made when it is read."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="messages")
    kind = models.CharField(max_length=20, choices=MessageKind.choices)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="messages")
    step = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=120)
    """What it tells; nobody is told the same twice."""
    data = models.JSONField(default=dict)
    """Plain facts the words need: a day, a level, a kind of step."""
    at = models.DateTimeField(db_index=True)
    read_at = models.DateTimeField(null=True)
    mail_after = models.DateTimeField(null=True, db_index=True)
    """When mail is to be tried next; empty where none is wanted or it is done."""
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        """Newest first; the bell counts the unread of one person."""

        constraints = (models.UniqueConstraint(fields=("person", "key"), name="casework_message_once"),)
        indexes = (models.Index(fields=("person", "read_at")),)
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return self.key


class MessageWish(models.Model):
    """How a person wishes to be told."""

    class Mail(models.TextChoices):
        """Whether and when mail is sent."""

        NEVER = "never", _("不发邮件")
        EACH = "each", _("每条一封")
        DAILY = "daily", _("每天汇总一封")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="message_wish", primary_key=True)
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.NEVER)
    muted = models.JSONField(default=list)
    """Kinds that are not told at all."""
    unmailed = models.JSONField(default=list)
    """Kinds that are told on pages but not by mail."""

    def __str__(self) -> str:
        return f"{self.person_id} {self.mail}"


class Told(models.Model):
    """Up to which entry of a case's log people have been told, so that a restart neither loses nor repeats any."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="told", primary_key=True)
    sequence = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.case_id}#{self.sequence}"


class Escalation(models.Model):
    """That a late task was put before the office and the body above, once for each level."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="escalations")
    step = models.CharField(max_length=60)
    round = models.PositiveIntegerField()
    ready_on = models.DateField()
    level = models.PositiveIntegerField()
    """Working days after the deadline from which the level applies."""
    day = models.DateField()
    """Day on which it was done."""

    class Meta:
        """Once for each time a step waited, and level."""

        constraints = (
            models.UniqueConstraint(
                fields=("case", "step", "round", "ready_on", "level"), name="casework_escalation_once"
            ),
        )
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} {self.step} {self.level}"
