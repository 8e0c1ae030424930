"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class CheckupsConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.checkups"
    label = "checkups"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "城市体检"
