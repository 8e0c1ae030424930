"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class AtlasConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.atlas"
    label = "atlas"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "一张图"
