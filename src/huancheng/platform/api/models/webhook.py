"""Programs of others that are told when a case moves."""

from __future__ import annotations

from django.db import models

from huancheng.platform.bodies.models import Person, Post


class Webhook(models.Model):
    """An address that is told of the events a person's post may see."""

    name = models.CharField(max_length=60)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="webhooks")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="webhooks")
    address = models.URLField(max_length=300)
    secret = models.CharField(max_length=64)
    """Shared with the receiver, who checks the signature with it."""
    acts = models.JSONField(default=list, blank=True)
    """Acts it is told of; empty for all."""
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One telling, with how it went."""

    class Status(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "待发送"
        DONE = "done", "已送达"
        GIVEN_UP = "given_up", "已放弃"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    payload = models.JSONField()
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.WAITING, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try = models.DateTimeField(db_index=True)
    answer = models.CharField(max_length=120, blank=True)
    """What the receiver said, in short."""
    created_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.webhook} #{self.pk}"
