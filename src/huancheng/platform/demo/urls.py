"""Pages of this app; they exist in demo mode only."""

from __future__ import annotations

from django.urls import path

from huancheng.platform.demo.views import log_ins

app_name = "demo"
urlpatterns = [
    path("", log_ins.log_ins, name="log-ins"),
    path("enter/<int:post>/", log_ins.enter, name="enter"),
]
