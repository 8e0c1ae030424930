"""What a check-up proposes to do."""

from __future__ import annotations

from django.db import models

from huancheng.platform.checkups.models.run import CheckupRunRecord


class ActionRecord(models.Model):
    """A line of the action list (整治建议清单): one for each problem of the city."""

    run = models.ForeignKey(CheckupRunRecord, on_delete=models.CASCADE, related_name="actions")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=120)
    problem_key = models.CharField(max_length=120)
    indicator = models.CharField(max_length=40)
    indicator_name = models.CharField(max_length=160)
    group = models.CharField(max_length=60)
    problem = models.CharField(max_length=240)
    result = models.CharField(max_length=80)
    action = models.CharField(max_length=400)
    action_type = models.CharField(max_length=40, blank=True)
    area = models.TextField(blank=True)
    responsible = models.CharField(max_length=160, blank=True)
    certainty = models.CharField(max_length=20, blank=True)

    class Meta:
        """In the order of the run."""

        constraints = (models.UniqueConstraint(fields=("run", "key"), name="checkups_action_once"),)
        ordering = ("position",)

    def __str__(self) -> str:
        return f"{self.problem}: {self.action}"
