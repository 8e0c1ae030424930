"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "机构与人员"
