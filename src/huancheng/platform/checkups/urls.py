"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "checkups"
urlpatterns: list[URLPattern | URLResolver] = []
