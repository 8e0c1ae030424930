"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.operations.views import health, state

app_name = "operations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", state.state, name="state"),
    path("health/", health.alive, name="health"),
    path("health/ready/", health.ready, name="ready"),
]
