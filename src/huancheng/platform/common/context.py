"""What the frame around every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from huancheng.platform.common.rail import rail_for


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the rail, and who the person acts as."""
    acting = getattr(request, "acting", None)
    return {"acting": acting, "rail": rail_for(request, acting), "demo": settings.DEMO}
