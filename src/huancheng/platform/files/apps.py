"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "文件"
