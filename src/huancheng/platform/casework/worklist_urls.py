"""Pages of the worklist, the lists of cases, search, notices and bulk back-entry."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.casework.views import worklist

urlpatterns: list[URLPattern | URLResolver] = [
    path("", worklist.worklist, name="worklist"),
]
