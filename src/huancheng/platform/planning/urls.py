"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

app_name = "planning"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("huancheng.platform.planning.special_urls")),
    path("", include("huancheng.platform.planning.register_urls")),
    path("", include("huancheng.platform.planning.alternative_urls")),
    path("", include("huancheng.platform.planning.unit_plan_urls")),
]
