"""Pages of this app."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, path

from huancheng.platform.common.views import home, job, look, notes

app_name = "common"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("language/", home.language, name="language"),
    path("jobs/<uuid:identifier>/", job.job, name="job"),
    path("robots.txt", notes.robots, name="robots"),
    path(".well-known/security.txt", notes.security, name="security"),
]
if settings.DEMO:
    urlpatterns += [path("look/", look.look, name="look")]
