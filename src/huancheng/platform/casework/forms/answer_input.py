"""A field for an opinion or answer, under which one's saved sentences open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString


class AnswerInput(forms.Textarea):
    """A text area with the person's saved sentences; they are fetched when the list is opened."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Return the text area and the list under it."""
        area = super().render(name, value, attrs, renderer)
        context = {
            "area": area,
            "into": (attrs or {}).get("id", ""),
            "url": reverse("casework:saved-answers"),
            "save": reverse("casework:save-answer"),
        }
        return SafeString(render_to_string("casework/saved_answers/_input.html", context))
