"""Django's entry for this app."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Settings of the app."""

    name = "huancheng.platform.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "审计"

    def ready(self) -> None:
        """Anchor the log daily; keep the triggers in place."""
        from huancheng.platform.audit.domain.anchor import make_anchor
        from huancheng.platform.common.daily import register_daily

        register_daily("audit-anchor", lambda _day: make_anchor())
        post_migrate.connect(_keep_guards, sender=self)


def _keep_guards(using: str, **_more: Any) -> None:
    """SQLite changes a table by making it anew, and its triggers are gone with the old one."""
    from huancheng.platform.audit import guards

    connection = connections[using]
    if {guards.EVENT, guards.ANCHOR, guards.WORDS} <= set(connection.introspection.table_names()):
        guards.install(connection)
