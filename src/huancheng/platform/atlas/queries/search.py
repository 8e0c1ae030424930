"""Searching for places and cases on the map."""

from __future__ import annotations

from django.db.models import Case as When_
from django.db.models import IntegerField, Q, Value, When

from huancheng.platform.atlas.models import Place, SnapshotRecord
from huancheng.platform.audit.acting import Acting
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.queries.visible import visible_cases

MOST_PLACES, MOST_CASES = 20, 8
LONGEST = 40


def find_places(record: SnapshotRecord, words: str) -> list[Place]:
    """Return named places: those that begin with the words first, then those that hold them, by rank of their layer."""
    words = words.strip()[:LONGEST]
    if not words:
        return []
    begins = When_(
        When(name=words, then=Value(0)), When(name__startswith=words, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    found = Place.objects.filter(snapshot=record, name__contains=words)
    return list(found.annotate(nearness=begins).order_by("nearness", "rank", "name", "id")[:MOST_PLACES])


def find_cases(acting: Acting | None, words: str) -> list[Case]:
    """Return cases a person may see whose number, title or subject holds the words and which have a place."""
    words = words.strip()[:LONGEST]
    if not words:
        return []
    holds = Q(number__contains=words) | Q(title__contains=words) | Q(subject__title__contains=words)
    placed = visible_cases(acting).filter(holds, subject__geometry__isnull=False)
    return list(placed.select_related("subject")[:MOST_CASES])
