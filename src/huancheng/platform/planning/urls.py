"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.planning.views import special_plans

app_name = "planning"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", special_plans.special_plans, name="special-plans"),
]
