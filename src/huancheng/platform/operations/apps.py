"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.operations"
    label = "operations"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "运维"
