"""That one case rests on another."""

from __future__ import annotations

from django.db import models

from huancheng.platform.casework.models.case import Case


class CaseLink(models.Model):
    """A precondition of one case was met by another."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="needs")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="needed_by")
    precondition = models.CharField(max_length=60)

    class Meta:
        """One case for each precondition."""

        constraints = (models.UniqueConstraint(fields=("case", "precondition"), name="casework_link_once"),)
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.case_id} needs {self.other_id}"
