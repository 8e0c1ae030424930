"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "审批"
