"""Work done in the background, as the person who asked for it sees it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """A job with its title, how far it is, and what came out."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("等待开始")
        RUNNING = "running", _("正在进行")
        DONE = "done", _("已完成")
        FAILED = "failed", _("未完成")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60)
    """What kind of work it is, as `checkups.run`."""
    title = models.CharField(max_length=120)
    person = models.BigIntegerField(null=True, db_index=True)
    """Id of the person who asked for it; none for the program itself."""
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField(null=True)
    """How far it is; unknown where none."""
    words = models.CharField(max_length=200, blank=True)
    """What it is doing, what came out, or why it failed."""
    leads_to = models.CharField(max_length=200, blank=True)
    """Path of the page where the outcome lies."""
    number = models.CharField(max_length=40, blank=True)
    """Number to quote: that of the request that asked for it."""
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.title} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {self.State.WAITING, self.State.RUNNING}
