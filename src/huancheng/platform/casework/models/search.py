"""What can be found: a title and a text for each thing, and the pairs of characters in them."""

from __future__ import annotations

from django.db import models


class SearchEntry(models.Model):
    """A thing that can be found. Who may find it is asked of its kind at the time of the search."""

    kind = models.CharField(max_length=30)
    key = models.BigIntegerField()
    """Its number in the table of its kind."""
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    """What else it can be found by, one piece a line."""
    folded_title = models.CharField(max_length=600)
    """The title as it is compared: one width, one case."""
    folded_text = models.TextField(blank=True)
    changed_on = models.DateField(null=True)
    """Later ones are shown first among equals."""

    class Meta:
        """Once each."""

        constraints = (models.UniqueConstraint(fields=("kind", "key"), name="casework_search_once"),)
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title


class SearchGram(models.Model):
    """A character, or two that stand side by side, in the title or text of an entry."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="grams")
    gram = models.CharField(max_length=2)

    class Meta:
        """Looked up by the characters."""

        constraints = (models.UniqueConstraint(fields=("gram", "entry"), name="casework_gram_once"),)

    def __str__(self) -> str:
        return self.gram
