"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.common"
    label = "common"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "通用"
