"""Sentences a person uses again and again."""

from __future__ import annotations

from django.db import models

from huancheng.platform.bodies.models import Person


class SavedAnswer(models.Model):
    """A sentence a person saved for opinions and answers; only they see it, and it goes when their data are erased."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="saved_answers")
    text = models.CharField(max_length=500)

    class Meta:
        """In the order they were saved; no sentence twice."""

        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("person", "text"), name="casework_saved_answer_once"),)

    def __str__(self) -> str:
        return self.text
