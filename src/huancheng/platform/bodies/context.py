"""What the top bar needs: the posts a person can switch to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def posts(request: HttpRequest) -> dict[str, Any]:
    """Return the ways a person may act; found once per request by the middleware."""
    return {"acting_choices": getattr(request, "acting_choices", [])}
