"""What the frame around every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from huancheng.platform.common.frame import Frame
from huancheng.platform.common.rail import rail_items


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the rail, who the person acts as, and the other parts of the frame."""
    acting = getattr(request, "acting", None)
    return {
        "acting": acting,
        "rail": rail_items(request, acting),
        "demo": settings.DEMO,
        "frame": Frame(request),
    }
