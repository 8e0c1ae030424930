"""What follows every act once it is committed: people are told, and what can be found is brought into step."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save

from huancheng.platform.bodies.models import Person
from huancheng.platform.casework.domain.indexing import index
from huancheng.platform.casework.domain.messages import tell_of
from huancheng.platform.casework.domain.saved_answers import forget_answers
from huancheng.platform.casework.models import Case
from huancheng.platform.casework.signals import case_moved


def tell(case: int, **_more: Any) -> None:
    """Tell people what happened."""
    tell_of(case)


def find(case: int, **_more: Any) -> None:
    """Let the case and what it is about be found by their words of now."""
    index("case", [case])
    index("subject", Case.objects.filter(pk=case).values_list("subject", flat=True))


def forget(instance: Person, **_more: Any) -> None:
    """Drop what belongs to a person alone once their data are erased."""
    if instance.erased_at:
        forget_answers(instance.pk)


def connect() -> None:
    """Listen; called when the app is ready."""
    post_save.connect(forget, sender=Person, dispatch_uid="casework-forget")
    case_moved.connect(tell, dispatch_uid="casework-tell")
    case_moved.connect(find, dispatch_uid="casework-find")
