"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "接口"
