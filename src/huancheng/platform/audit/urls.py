"""Pages of this app."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from huancheng.platform.audit.views import log

app_name = "audit"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", log.log, name="log"),
    path("<int:entry>/", log.entry, name="entry"),
    path("anchors/", log.anchors, name="anchors"),
    path("anchors/<int:number>/", log.anchor, name="anchor"),
]
