"""Django's entry for this app."""

from __future__ import annotations

from django.apps import AppConfig

from huancheng.platform.common.daily import register_daily


class FilesConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "文件"

    def ready(self) -> None:
        """Have what belongs to nothing swept every day."""
        from huancheng.platform.files.domain.sweeping import sweep

        register_daily("files-sweep", lambda _day: sweep())
