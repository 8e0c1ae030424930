"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.demo"
    label = "demo"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "演示"
