"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from huancheng.platform.casework import worklist_urls

app_name = "casework"
urlpatterns: list[URLPattern | URLResolver] = [*worklist_urls.urlpatterns]
