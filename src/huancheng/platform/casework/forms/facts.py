"""Fields for facts of the pack's catalogue: each by its kind, so that nothing else can be stated."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huancheng.policy.facts import Fact, FactKind


def fact_field(fact: Fact, *, required: bool = True) -> forms.Field:
    """Return the field in which a fact is stated.

    Parameters
    ----------
    fact
        The fact.
    required
        Whether it must be stated.
    """
    common: dict[str, Any] = {"label": fact.title, "required": required, "help_text": fact.note}
    match fact.kind:
        case FactKind.BOOLEAN:
            return forms.TypedChoiceField(
                choices=(("true", _("是")), ("false", _("否"))), coerce=lambda value: value == "true",
                empty_value=None, widget=forms.RadioSelect(), **common,
            )  # fmt: skip
        case FactKind.INTEGER:
            return forms.IntegerField(min_value=_whole(fact.minimum), max_value=_whole(fact.maximum), **common)
        case FactKind.NUMBER:
            return forms.DecimalField(min_value=fact.minimum, max_value=fact.maximum, **common)
        case FactKind.CHOICE:
            return forms.ChoiceField(choices=[("", "–"), *((item, item) for item in fact.domain)], **common)
        case FactKind.CHOICES:
            return forms.MultipleChoiceField(
                choices=[(item, item) for item in fact.domain], widget=forms.CheckboxSelectMultiple(), **common
            )
        case _:
            return forms.CharField(max_length=200, **common)


def _whole(limit: float | None) -> int | None:
    return None if limit is None else int(limit)
